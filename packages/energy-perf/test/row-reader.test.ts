import { expect, test } from "vitest";
import { rowReader } from "../src/row-reader.ts";

const CSV = "19.63;Joules;power/energy-pkg/;2002406532;100.00;;\n";
const JSON_ROW = '{"counter-value" : "1.500000", "unit" : "Joules", "event" : "power/energy-pkg/"}';

test("rows come with the piece that completes them", () => {
  const reader = rowReader();
  expect(reader.push(CSV.slice(0, 10))).toEqual([]);
  expect(reader.seen().form).toBeUndefined();
  expect(reader.push(`${CSV.slice(10)}${CSV.slice(0, 5)}`)).toHaveLength(1);
  expect(reader.push(CSV.slice(5))).toHaveLength(1);
  expect(reader.end()).toEqual([]);
  expect(reader.seen()).toEqual({ form: "csv", droppedRows: 0, badLines: 0, starts: 0 });
});

test("what is no row is counted, in front, between and behind", () => {
  const reader = rowReader();
  reader.push(
    `epoch 1\n# started on Tue Mar  3 09:14:07 2026\n# a comment\n\n${CSV}epoch 2\n1796000;ns;user_time;1;100.00;;\n`,
  );
  expect(reader.seen()).toEqual({ form: "csv", droppedRows: 0, badLines: 2, starts: 1 });
});

test("objects end where they are closed, and other objects and texts are no rows", () => {
  const reader = rowReader();
  const rows = reader.push(`${JSON_ROW} ${JSON_ROW}\n{"loss" : 0.5}\nepoch }\n\n${JSON_ROW.replace(", ", ",\n")}\n`);
  expect(rows).toHaveLength(3);
  expect(reader.push(JSON_ROW)).toEqual([]);
  expect(reader.end()).toHaveLength(1);
  expect(reader.seen()).toEqual({ form: "json", droppedRows: 0, badLines: 2, starts: 0 });
});

test("a cut object is dropped, text behind the last one is not", () => {
  const cut = rowReader();
  expect([...cut.push(`${JSON_ROW}\n${JSON_ROW.slice(0, 30)}`), ...cut.end()]).toHaveLength(1);
  expect(cut.seen()).toMatchObject({ droppedRows: 1, badLines: 0 });
  const followed = rowReader();
  expect([...followed.push(`${JSON_ROW}\ndone`), ...followed.end()]).toHaveLength(1);
  expect(followed.seen()).toMatchObject({ droppedRows: 0, badLines: 1 });
});

test.each([
  ["before the rows", `43.26 Joules power/energy-pkg/\n${CSV}`],
  ["between the rows", `${CSV}43.26 Joules power/energy-pkg/\n`],
  ["between the objects", `${JSON_ROW}\n43.26 Joules power/energy-pkg/ }\n`],
])("an energy in another form %s is refused", (_, text) => {
  expect(() => rowReader().push(text)).toThrow(expect.objectContaining({ name: "PerfError" }));
});
