import * as fc from "fast-check";
import stringWidth from "string-width";
import { expect, it } from "vitest";
import { liveBlock } from "../../src/live/live-block.ts";
import type { LiveRun, LiveSensor, LiveState } from "../../src/live/live-state.ts";

const RUN: LiveRun = {
  row: 43,
  name: "resnet/resnet20 lr=0.0123 batch_size=128",
  attempt: 1,
  elapsedSeconds: 1361,
  usualSeconds: 3660,
  progress: "epoch 37/164",
};
const GPU: LiveSensor = {
  name: "gpu GPU-1a2b3c4d",
  watts: 243.4,
  history: [100, 243],
  celsius: 61,
  percent: 97,
  joules: 3.1e5,
  isEstimate: false,
};
const STATE: LiveState = {
  session: "20261124_130710_sweep",
  planned: 100,
  completed: 42,
  failed: 1,
  suspect: 0,
  remaining: { seconds: 205_200, range: [187_200, 223_200] },
  run: RUN,
  resting: undefined,
  sensors: [
    GPU,
    {
      name: "cpu_package",
      watts: 48,
      history: [48],
      celsius: undefined,
      percent: undefined,
      joules: 6e4,
      isEstimate: false,
    },
  ],
  ended: { joules: 6.4e7, isEstimate: false },
  lastMetrics: "test_acc 0.9132",
  bestMetric: "test_acc 0.9187 (run 12)",
  warning: "another process computed on the GPU: pid 4121",
};

const show = (state: LiveState, options = {}): string =>
  `\n${liveBlock(state, { columns: 140, isUnicode: true, ...options }).join("\n")}\n`;

it("shows counts, time left, the run, power, joules, metrics and the latest warning", () => {
  expect(show(STATE)).toMatchInlineSnapshot(`
    "
    █████████░░░░░░░░░░░ 42/100 ok, 1 failed, 57 left, ETA 57 h 00 min (52 h 00 min to 62 h 00 min)  20261124_130710_sweep
    run 43: resnet/resnet20 lr=0.0123 batch_size=128  attempt 1  epoch 37/164  22 min 41 s of ~1 h 01 min
    gpu GPU-1a2b3c4d 243 W  61 °C  97 %  ▄█  this run ~310.00 kJ
    cpu_package 48.0 W  █  this run ~60.00 kJ
    session 64.00 MJ in runs that have ended
    last test_acc 0.9132  best test_acc 0.9187 (run 12)
    warning: another process computed on the GPU: pid 4121
    "
  `);
});

it("has no character beyond ASCII where the locale has none", () => {
  expect(show(STATE, { isUnicode: false })).toMatch(/^[\n -~]*$/);
});

it("says what it waits for, that an estimate is one, and that nothing is known of the time left", () => {
  const { sensors } = STATE;
  const resting = "cooling down to idle, at most 10 min 00 s";
  const estimated = sensors.map((sensor) => ({ ...sensor, isEstimate: true }));
  const text = show({ ...STATE, resting, sensors: estimated, remaining: undefined });
  expect(text).toContain("run 43: resnet/resnet20 lr=0.0123 batch_size=128  cooling down to idle");
  expect(text).toContain("243 W (estimated)");
  expect(text).toContain("ETA --");
});

it("shows four of many sensors", () => {
  const sensors = Array.from({ length: 8 }, (_, index) => ({ ...GPU, name: `gpu GPU-${index}` }));
  const text = show({ ...STATE, sensors });
  expect(text.match(/gpu GPU-\d/g)).toHaveLength(4);
  expect(text).toContain("and 4 more sensors");
});

it("no line is as wide as the terminal, and none breaks, whatever names hold", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.integer({ min: 1, max: 200 }), (text, columns) => {
      const state = { ...STATE, session: text, warning: `${text}\n\x1b[2J${text}`, run: { ...RUN, name: text } };
      for (const line of liveBlock(state, { columns, isUnicode: true })) {
        expect(stringWidth(line)).toBeLessThan(Math.max(2, columns));
        expect(line).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});
