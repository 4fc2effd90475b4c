import { expect, test } from "vitest";
import { type Migration, migrate } from "../src/migrate.ts";

const rename: Migration = ({ old, ...rest }) => ({ ...rest, fresh: old });
const double: Migration = (json) => ({ ...json, fresh: Number(json["fresh"]) * 2 });

test("content of this version is left as it is", () => {
  const json = { schema_version: 1, unknown: { deep: [1] } };
  expect(migrate(json, "f")).toEqual(json);
});

test("content of an earlier version goes through every step that it lacks, and keeps what no step knows", () => {
  const chain = { version: 3, migrations: [rename, double] };
  expect(migrate({ schema_version: 1, old: 4, laboratory: "7b" }, "f", chain)).toEqual({
    schema_version: 3,
    fresh: 8,
    laboratory: "7b",
  });
  expect(migrate({ schema_version: 2, fresh: 4 }, "f", chain)).toEqual({ schema_version: 3, fresh: 8 });
});

test("content of a later version is refused", () => {
  expect(() => migrate({ schema_version: 2 }, "plan.json")).toThrow(
    "plan.json: schema_version: expected at most 1, found 2: a newer ea wrote it; update this one",
  );
});

test.each([null, "text", [], {}, { schema_version: "1" }, { schema_version: 0 }, { schema_version: 1.5 }])(
  "%j has no version and is left to its schema",
  (value) => {
    expect(migrate(value, "f")).toBe(value);
  },
);
