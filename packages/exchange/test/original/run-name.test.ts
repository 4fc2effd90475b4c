import { expect, test } from "vitest";
import { readRunName } from "../../src/original/run-name.ts";

test.each([
  ["examples_mnist_rnn_025", "examples", "mnist_rnn", 25, false],
  ["Person_reID_baseline_pytorch_densenet121_024_parallel", "Person_reID_baseline_pytorch", "densenet121", 24, true],
  ["bug-localization-by-dnn-and-rvsm_default_105", "bug-localization-by-dnn-and-rvsm", "default", 105, false],
  ["my_repo_net_001", "my_repo", "net", 1, false],
  ["20251107_101010_pytorch_resnet_cifar10_resnet20", "pytorch_resnet_cifar10", "resnet20", undefined, false],
])("%s", (name, repository, model, number, isParallel) => {
  expect(readRunName(name)).toEqual({ repository, model, number, isParallel });
});

test.each(["energy", "run_20251230_204245", "mnist_001", "_mnist_001", ""])("%j is no run", (name) => {
  expect(readRunName(name)).toBeUndefined();
});
