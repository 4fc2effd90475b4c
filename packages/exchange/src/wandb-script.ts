/**
 * The Python script that turns the lines beside it into runs of W&B, offline: for `runs.jsonl` it is called
 * `runs.jsonl.py`. It takes no arguments, has no name in it, and needs `wandb` alone.
 */
export const WANDB_SCRIPT = `"""Makes offline runs of Weights & Biases from the lines in the file beside it; then: wandb sync --sync-all"""
import json
from pathlib import Path

import wandb

with Path(__file__).with_suffix("").open(encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        run = wandb.init(
            mode="offline",
            project=record["project"],
            group=record["group"],
            id=record["id"],
            name=record["name"],
            config=record["config"],
        )
        for point in record["history"]:
            run.log(point["values"], step=point["step"])
        run.summary.update(record["summary"])
        run.finish(exit_code=record["exit_code"])
`;
