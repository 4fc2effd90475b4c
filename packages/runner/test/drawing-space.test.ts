import { expect, test } from "vitest";
import { drawingSpace } from "../src/drawing-space.ts";
import { repository } from "./examples.ts";

const parameters = {
  optimizer: { flag: "-o", type: "categorical", choices: ["adam", "sgd"] },
  momentum: { flag: "-m", type: "int", range: [0, 9], when: { optimizer: "sgd" } },
  epochs: { flag: "-e", type: "int", range: [1, 100] },
  warmup: { flag: "-w", type: "int", range: [0, 100] },
  other: { flag: "-x", type: "bool" },
};
const config = repository({ supported_hyperparams: parameters, constraints: ["warmup < epochs", "epochs < 90"] });

test("what is not drawn and not needed stays out", () => {
  expect(drawingSpace(config, ["other"], {})).toEqual({ parameters: { other: parameters.other }, constraints: [] });
});

test("parents and constrained partners come along, fixed at their values", () => {
  const { optimizer, momentum, epochs, warmup } = parameters;
  expect(drawingSpace(config, ["momentum"], { optimizer: "sgd" })).toEqual({
    parameters: { momentum, optimizer: { ...optimizer, value: "sgd" } },
    constraints: [],
  });
  expect(drawingSpace(config, ["warmup"], { epochs: 20 })).toEqual({
    parameters: { warmup, epochs: { ...epochs, value: 20 } },
    constraints: ["warmup < epochs"],
  });
});

test.each([
  ["momentum", { optimizer: null }, 'expected a value of optimizer, on which "momentum" depends'],
  ["warmup", {}, 'expected a value of epochs, on which "warmup < epochs" depends'],
])("%s cannot be drawn beside %j", (name, standing, message) => {
  expect(() => drawingSpace(config, [name], standing)).toThrow(message);
});
