"""The flags of train.py; the same as those of ../digits-tfjs."""

import argparse
import math
import re
from decimal import Decimal

MODELS = ("mlp", "cnn")


def parse_options(args):
    """Returns the options in `args`, defaults for the rest; a bad one ends the program with exit code 2."""
    parser = argparse.ArgumentParser(
        prog="train.py",
        description="Trains a classifier of 8x8 digits.",
        allow_abbrev=False,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    flag = parser.add_argument
    rate = _real("> 0", lambda x: x > 0)
    share = _real("in [0, 1)", lambda x: 0 <= x < 1)
    decay = _real(">= 0", lambda x: x >= 0)
    flag("--model", choices=MODELS, default="mlp", help="network")
    flag("--epochs", type=_integer(1), default=10, metavar="N", help="passes over the training images")
    flag("--learning-rate", type=rate, default=0.003, metavar="X", help="of AdamW")
    flag("--batch-size", type=_integer(1), default=32, metavar="N", help="images per step")
    flag("--dropout", type=share, default=0.2, metavar="X", help="share of hidden units left out at each step")
    flag("--weight-decay", type=decay, default=0.0, metavar="X", help="decoupled, as in AdamW; biases do not decay")
    flag("--seed", type=_integer(0), default=42, metavar="N", help="of weights, order and dropout")
    return parser.parse_args(args)


def config_lines(options):
    """What is really used, one line per option, so that it can be compared with what was asked for."""
    return [f"Config: {name}={_text(value)}" for name, value in vars(options).items()]


def _integer(minimum):
    def parse(text):
        # a signed 64-bit integer is what torch takes as a seed
        if not re.fullmatch(r"[0-9]+", text) or not minimum <= int(text) < 2**63:
            raise argparse.ArgumentTypeError(f'expected an integer >= {minimum}, got "{text}"')
        return int(text)

    return parse


def _real(expected, is_allowed):
    def parse(text):
        is_number = re.fullmatch(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text)
        if not is_number or not math.isfinite(float(text)) or not is_allowed(float(text)):
            raise argparse.ArgumentTypeError(f'expected a number {expected}, got "{text}"')
        return float(text)

    return parse


def _text(value):
    """Numbers as JavaScript writes them: 0 for 0.0, 0.00001 for 1e-05, 1e-7 for 1e-07."""
    if not isinstance(value, float):
        return str(value)
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        return re.sub(r"\.0$", "", format(Decimal(repr(value)), "f"))
    return re.sub(r"e([+-])0+", r"e\1", repr(value))
