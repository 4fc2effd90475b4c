"""The data of ../digits-tfjs, split by the same rule."""

from collections import namedtuple
from pathlib import Path

import numpy as np
import torch

Images = namedtuple("Images", ["pixels", "labels"])  # n x 1 x 8 x 8 in [0, 1]; the digit that each image shows

DATA_FILE = Path(__file__).resolve().parent.parent / "digits-tfjs" / "data" / "digits.csv.gz"
TEST_EVERY = 5
VALIDATION_EVERY = 10


def load_digits(device):
    """Returns (training, validation, test): 1293, 144 and 360 images, whatever the seed.

    Sorted by digit, every fifth image is test; of the others every tenth is validation.
    """
    table = np.loadtxt(DATA_FILE, delimiter=",", dtype=np.int64)
    by_digit = np.argsort(table[:, 64], kind="stable")
    is_test = np.arange(len(by_digit)) % TEST_EVERY == 0
    test, rest = by_digit[is_test], by_digit[~is_test]
    is_validation = np.arange(len(rest)) % VALIDATION_EVERY == 0
    return tuple(_images(table[places], device) for places in (rest[~is_validation], rest[is_validation], test))


def _images(rows, device):
    pixels = torch.tensor(rows[:, :64] / 16, dtype=torch.float32).reshape(-1, 1, 8, 8)
    return Images(pixels.to(device), torch.tensor(rows[:, 64]).to(device))
