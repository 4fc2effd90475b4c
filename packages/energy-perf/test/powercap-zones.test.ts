import { expect, test } from "vitest";
import { type PowercapEntry, powercapDomain, powercapZones } from "../src/powercap-zones.ts";

type Row = readonly [id: string, name: string | undefined];

function zonesOf(...rows: readonly Row[]): readonly string[] {
  const entries = rows.map(([id, name]): PowercapEntry => ({ id, name, rangeMicrojoules: 262_143_328_850 }));
  return powercapZones(entries).map(
    ({ id, domain, device, alsoAt }) =>
      `${id} ${domain.quantity} ${device}${alsoAt.length > 0 ? ` also ${alsoAt.join(" ")}` : ""}`,
  );
}

test("a server: packages and DRAM of each socket; cores and uncore are parts of the package", () => {
  expect(
    zonesOf(
      ["intel-rapl:1", "package-1"],
      ["intel-rapl:1:0", "dram"],
      ["intel-rapl:0", "package-0"],
      ["intel-rapl:0:0", "core"],
      ["intel-rapl:0:1", "uncore"],
      ["intel-rapl:0:2", "dram"],
    ),
  ).toEqual([
    "intel-rapl:0 cpu_package package-0",
    "intel-rapl:0:2 dram package-0",
    "intel-rapl:1 cpu_package package-1",
    "intel-rapl:1:0 dram package-1",
  ]);
});

test("a laptop: the platform is kept apart, and the package that is offered twice counts once", () => {
  expect(
    zonesOf(
      ["intel-rapl-mmio:0", "package-0"],
      ["intel-rapl:0", "package-0"],
      ["intel-rapl:0:0", "core"],
      ["intel-rapl:1", "psys"],
    ),
  ).toEqual(["intel-rapl:0 cpu_package package-0 also intel-rapl-mmio:0", "intel-rapl:1 cpu_psys undefined"]);
});

test("a zone that only the second provider has is metered", () => {
  expect(zonesOf(["intel-rapl-mmio:0", "package-0"], ["intel-rapl-mmio:0:0", "dram"])).toEqual([
    "intel-rapl-mmio:0 cpu_package package-0",
    "intel-rapl-mmio:0:0 dram package-0",
  ]);
});

test("DRAM offered twice counts once: it belongs to the socket, not to the provider", () => {
  expect(
    zonesOf(
      ["intel-rapl:0", "package-0"],
      ["intel-rapl:0:0", "dram"],
      ["intel-rapl-mmio:0", "package-0"],
      ["intel-rapl-mmio:0:0", "dram"],
    ),
  ).toEqual([
    "intel-rapl:0 cpu_package package-0 also intel-rapl-mmio:0",
    "intel-rapl:0:0 dram package-0 also intel-rapl-mmio:0:0",
  ]);
});

test("dies have names of their own", () => {
  expect(zonesOf(["intel-rapl:0", "package-0-die-0"], ["intel-rapl:1", "package-0-die-1"])).toEqual([
    "intel-rapl:0 cpu_package package-0-die-0",
    "intel-rapl:1 cpu_package package-0-die-1",
  ]);
});

test("zones come by number", () => {
  expect(zonesOf(["intel-rapl:10", "package-10"], ["intel-rapl:2", "package-2"])).toEqual([
    "intel-rapl:2 cpu_package package-2",
    "intel-rapl:10 cpu_package package-10",
  ]);
});

test("a second platform zone has its name", () => {
  expect(zonesOf(["intel-rapl:1", "psys"], ["intel-rapl:3", "psys-1"])).toEqual([
    "intel-rapl:1 cpu_psys undefined",
    "intel-rapl:3 cpu_psys psys-1",
  ]);
});

test("a zone without a name is not metered, and DRAM below one belongs to its number", () => {
  expect(zonesOf(["intel-rapl:0", undefined], ["intel-rapl:0:0", "dram"])).toEqual([
    "intel-rapl:0:0 dram intel-rapl:0",
  ]);
});

test("accuracies are those of the same counters read by perf", () => {
  expect(["cpu_package", "dram", "cpu_psys", "gpu"].map((name) => powercapDomain(name)?.accuracy)).toEqual([
    0.05,
    0.2,
    0.05,
    undefined,
  ]);
});
