"""One epoch of training, and the evaluation of a model."""

import os
from collections import namedtuple

os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # read when CUDA starts; without it cuBLAS may vary

import torch
from torch.nn import functional

Score = namedtuple("Score", ["loss", "accuracy", "correct", "count"])


def prepare_device(seed):
    """Chooses the device and makes every run repeatable, with any seed: determinism costs energy, so it never varies."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    torch.backends.cudnn.benchmark = False
    if device.type == "cpu":
        torch.set_num_threads(1)  # with layers this small a second thread only costs
    return device


def create_optimizer(model, learning_rate, weight_decay):
    """AdamW that lets weights decay, biases not."""
    weights = [p for p in model.parameters() if p.dim() > 1]
    biases = [p for p in model.parameters() if p.dim() == 1]
    groups = [{"params": weights, "weight_decay": weight_decay}, {"params": biases, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=learning_rate)


def train_epoch(model, optimizer, images, batch_size):
    """Returns the score on the batches as they were trained on, dropout included."""
    model.train()
    count = len(images.labels)
    loss_sum, correct = 0.0, 0
    for places in torch.randperm(count).split(batch_size):
        places = places.to(images.labels.device)
        labels = images.labels[places]
        logits = model(images.pixels[places])
        loss = functional.cross_entropy(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss_sum += loss.item() * len(labels)
        correct += _count_correct(logits, labels)
    return Score(loss_sum / count, correct / count, correct, count)


@torch.no_grad()
def evaluate(model, images):
    model.eval()
    logits = model(images.pixels)
    correct, count = _count_correct(logits, images.labels), len(images.labels)
    return Score(functional.cross_entropy(logits, images.labels).item(), correct / count, correct, count)


def _count_correct(logits, labels):
    return (logits.argmax(dim=1) == labels).sum().item()
