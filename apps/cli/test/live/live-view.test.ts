import { expect, it } from "vitest";
import { liveView } from "../../src/live/live-view.ts";

it("writes nothing of its own until a second has passed, and wipes nothing away then", () => {
  const written: string[] = [];
  const view = liveView({ write: (text) => written.push(text), columns: () => 80, block: () => ["block"] });
  view.print("one\n");
  view.close();
  view.print("two\n");
  view.close();
  expect(written).toEqual(["one\n", "two\n"]);
});
