"""Asks Optuna's RandomSampler, which may repeat itself, in memory. `ask` with fixed distributions is a little faster
than `ask` and `suggest_…`.
Usage: optuna_asks.py SPACE COUNT; prints JSON.
"""

import json
import sys
import time
from pathlib import Path

import optuna
from optuna.distributions import FloatDistribution, IntDistribution

DISTRIBUTIONS = {"int": IntDistribution, "float": FloatDistribution}


def distribution(parameter):
    """What Optuna calls a parameter of ours."""
    lower, upper = parameter["range"]
    return DISTRIBUTIONS[parameter["type"]](lower, upper, log=parameter.get("distribution") == "log_uniform")


def main():
    spaces = json.loads(Path(__file__).with_name("spaces.json").read_text())
    space = {name: distribution(parameter) for name, parameter in spaces[sys.argv[1]].items()}
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    start = time.perf_counter()
    trials = [study.ask(space) for _ in range(int(sys.argv[2]))]
    seconds = time.perf_counter() - start
    complete = sum(trial.params.keys() == space.keys() for trial in trials)
    print(json.dumps({"seconds": seconds, "count": complete}))


main()
