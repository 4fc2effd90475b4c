"""The generator of the original (mutation.py, November 2025), recreated: dictionaries of draws from the global random,
kept when the frozenset of their items is new. Without its cap of 1000 attempts, its prints and its log lines, which
would only make it slower. Usage: original_generator.py SPACE COUNT; prints JSON.
"""

import json
import math
import random
import sys
import time
from pathlib import Path


def draw(parameter):
    """One value of one parameter."""
    if parameter["type"] == "categorical":  # not in the original
        return random.choice(parameter["choices"])
    zero_probability = parameter.get("zero_probability", 0.0)
    if zero_probability > 0 and random.random() < zero_probability:
        return 0 if parameter["type"] == "int" else 0.0
    lower, upper = parameter["range"]
    if parameter.get("distribution", "uniform") == "log_uniform":
        value = math.exp(random.uniform(math.log(lower), math.log(upper)))
        if parameter["type"] == "int":
            value = int(round(value))
        return max(lower, min(upper, value))
    if parameter["type"] == "int":
        return random.randint(lower, upper)
    return random.uniform(lower, upper)


def draw_all(space):
    """One configuration, as the original draws it."""
    return {name: draw(parameter) for name, parameter in space.items()}


def draw_active(space):
    """One configuration of the parameters whose `when` holds: what the original would need for conditions."""
    configuration = {}
    for name, parameter in space.items():
        if "when" in parameter:
            ((other, values),) = parameter["when"].items()
            if configuration[other] not in values:
                continue
        configuration[name] = draw(parameter)
    return configuration


def generate(space, count):
    """`count` distinct configurations."""
    conditional = any("when" in parameter for parameter in space.values())
    draw_one = draw_active if conditional else draw_all
    configurations = []
    seen = set()
    while len(configurations) < count:
        configuration = draw_one(space)
        key = frozenset(configuration.items())
        if key not in seen:
            seen.add(key)
            configurations.append(configuration)
    return configurations


def main():
    spaces = json.loads(Path(__file__).with_name("spaces.json").read_text())
    random.seed(1)
    start = time.perf_counter()
    configurations = generate(spaces[sys.argv[1]], int(sys.argv[2]))
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "count": len(configurations)}))


main()
