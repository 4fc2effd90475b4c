"""Runs a program once per trial of an in-memory Optuna study: program, trials."""

import subprocess
import sys

import optuna

program, trials = sys.argv[1], int(sys.argv[2])
optuna.logging.set_verbosity(optuna.logging.WARNING)


def objective(trial: optuna.Trial) -> float:
    x = trial.suggest_int("x", 1, 100_000)
    with open("trial.log", "ab") as log:
        subprocess.run([program, "-x", str(x)], stdout=log, stderr=log, check=True)
    return 0.0


optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1)).optimize(objective, n_trials=trials)
