#!/usr/bin/env python3
"""Trains a classifier of 8x8 digits and prints how well it does."""

import sys
import time

from options import config_lines, parse_options


def main():
    options = parse_options(sys.argv[1:])
    for line in config_lines(options):
        print(line, flush=True)
    try:  # after the options: importing torch takes longer than finding a bad flag
        from digits import load_digits
        from models import create_model
        from training import create_optimizer, evaluate, prepare_device, train_epoch
    except ModuleNotFoundError as error:
        sys.exit(f"train.py: {sys.executable} has no module {error.name}; see requirements.txt")

    device = prepare_device(options.seed)
    print(f"Device: {device.type}", flush=True)
    training, validation, test = load_digits(device)
    model = create_model(options.model, options.dropout).to(device)
    optimizer = create_optimizer(model, options.learning_rate, options.weight_decay)
    for epoch in range(1, options.epochs + 1):
        start = time.perf_counter()
        score = train_epoch(model, optimizer, training, options.batch_size)
        seconds = time.perf_counter() - start
        val_accuracy = evaluate(model, validation).accuracy
        print(
            f"Epoch {epoch}/{options.epochs} - loss: {score.loss:.4f} - accuracy: {score.accuracy:.4f}"
            f" - val_accuracy: {val_accuracy:.4f} - {seconds:.2f} s",
            flush=True,
        )
    score = evaluate(model, test)
    print(f"Test loss: {score.loss:.4f}")
    print(f"Test accuracy: {score.accuracy:.4f} ({score.correct}/{score.count})")


if __name__ == "__main__":
    main()
