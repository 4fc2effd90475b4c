import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mlflowExport } from "../src/mlflow-export.ts";
import { FAILED, GOOD, SESSION, STRANGE } from "./example-records.ts";
import { type FakeMlflow, fakeMlflow } from "./fake-mlflow.ts";

let server: FakeMlflow;
beforeEach(async () => {
  server = await fakeMlflow();
});
afterEach(() => server.close());

const exported = (records = [GOOD, FAILED], options = {}) =>
  mlflowExport([{ session: SESSION, records }], { url: server.url, retryMs: 1, ...options });

describe("runs in MLflow", () => {
  it("have parameters, metrics with steps, tags, times and a status", async () => {
    expect(await exported()).toEqual({ created: 2, replaced: 0, unchanged: 0 });
    const [good, failed] = server.runs;
    expect(good?.info).toMatchObject({
      run_name: GOOD.experiment_id,
      start_time: Date.parse("2026-03-03T01:14:07.791Z"),
      end_time: Date.parse("2026-03-03T01:14:20.000Z"),
      status: "FINISHED",
    });
    expect(good?.data.params).toContainEqual({ key: "learning_rate", value: "1e-7" });
    const points = good?.data.metrics.map(({ key, value, step }) => [key, value, step]);
    expect(points).toContainEqual(["cpu_energy_pkg_joules", 100.5, 0]);
    expect(points).toContainEqual(["cpu_estimate_joules", 150, 0]);
    expect(points).toContainEqual(["series/loss", 0.9, 1]);
    expect(points).toContainEqual(["series/loss", 0.5, 3]);
    expect(good?.data.tags).toContainEqual({ key: "ea.flags", value: "metric-missing" });
    expect(failed?.info).toMatchObject({ status: "FAILED" });
    expect(failed?.data.tags).toContainEqual({ key: "ea.failure_class", value: "crash" });
  });

  it("have nothing for what is absent", async () => {
    await exported([GOOD]);
    const { params = [], metrics = [] } = server.runs[0]?.data ?? {};
    expect([...params, ...metrics].map(({ key }) => key)).not.toContain("warmup");
    expect(metrics.map(({ key }) => key)).not.toContain("cpu_energy_ram_joules");
  });

  it("are not made again by a second export", async () => {
    await exported();
    expect(await exported()).toEqual({ created: 0, replaced: 0, unchanged: 2 });
    expect(server.runs).toHaveLength(2);
  });

  it("are made again when the record has changed, and the old one is deleted", async () => {
    await exported();
    const changed = { ...GOOD, performance_metrics: { test_accuracy: 0.98 } };
    expect(await exported([changed, FAILED])).toEqual({ created: 0, replaced: 1, unchanged: 1 });
    expect(server.runs.map(({ info }) => info["lifecycle_stage"])).toEqual(["deleted", "active", "active"]);
  });

  it("are made again when an export was cut short", async () => {
    await exported([GOOD]);
    const cut = server.runs[0];
    cut?.data.tags.splice(cut.data.tags.findIndex(({ key }) => key === "ea.digest"));
    expect(await exported([GOOD])).toEqual({ created: 0, replaced: 1, unchanged: 0 });
  });

  it("take names that MLflow refuses, and keep them in tags", async () => {
    expect(await exported([STRANGE])).toEqual({ created: 1, replaced: 0, unchanged: 0 });
    expect(await exported([STRANGE])).toEqual({ created: 0, replaced: 0, unchanged: 1 });
    const { params = [], tags = [] } = server.runs[0]?.data ?? {};
    expect(new Set(params.map(({ key }) => key)).size).toBe(7);
    expect(tags.filter(({ key }) => key.startsWith("ea.name.")).map(({ value }) => value)).toContain("two\nlines");
  });

  it("go in several requests when they are long", async () => {
    const many = Object.fromEntries(Array.from({ length: 1200 }, (_, index) => [`p${index}`, index]));
    await exported([{ ...GOOD, hyperparameters: many, performance_metrics: many }]);
    expect(server.runs[0]?.data.params).toHaveLength(1200);
  });

  it("go into another experiment when one is named", async () => {
    const named = { session: SESSION, records: [GOOD], experiment: 'all "runs"' };
    await mlflowExport([named], { url: server.url });
    expect(server.requests[1]).toMatchObject({ body: { name: 'all "runs"' } });
  });
});

describe("a server that does not do as it is asked", () => {
  it.each([429, 503])("is asked again after %i", async (status) => {
    server.next.push({ status, body: "busy" }, { status, body: "busy", headers: { "retry-after": "0" } });
    expect(await exported([GOOD])).toMatchObject({ created: 1 });
  });

  it("is given up when it stays busy", async () => {
    server.next.push(...Array.from({ length: 5 }, () => ({ status: 503, body: "busy" })));
    await expect(exported()).rejects.toMatchObject({ code: "REFUSED", message: expect.stringContaining("503: busy") });
  });

  it.each([401, 403])("and wants to know who asks, %i: the message says what helps", async (status) => {
    server.next.push({ status, body: "Forbidden" });
    const message = expect.stringContaining("set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME");
    await expect(exported()).rejects.toMatchObject({ code: "UNAUTHORISED", message });
  });

  it("and is none of MLflow: the message has the beginning of its answer", async () => {
    server.next.push({ status: 200, body: "<html>Welcome" });
    const message = expect.stringContaining("expected an answer of MLflow, found status 200: <html>Welcome");
    await expect(exported()).rejects.toMatchObject({ code: "REFUSED", message });
  });

  it("and does not answer in time", async () => {
    server.next.push({ status: 0, body: "" });
    await expect(exported([GOOD], { timeoutMs: 200 })).rejects.toMatchObject({
      code: "UNREACHABLE",
      message: `MLflow at ${server.url}: no answer within 0.2 s`,
    });
  });

  it("and is not there", async () => {
    const gone = await fakeMlflow();
    await gone.close();
    const message = `MLflow at ${gone.url}: nothing listens there`;
    await expect(exported([GOOD], { url: gone.url })).rejects.toMatchObject({ code: "UNREACHABLE", message });
  });
});

describe("who asks", () => {
  it.each([
    [{ token: "t" }, "Bearer t"],
    [{ username: "u", password: "p" }, `Basic ${Buffer.from("u:p").toString("base64")}`],
    [{}, undefined],
  ])("%j", async (credentials, authorization) => {
    await exported([GOOD], credentials);
    expect(new Set(server.requests.map((request) => request.authorization))).toEqual(new Set([authorization]));
  });

  it.each(["", "databricks", "file:///tmp/mlruns", "localhost:5000"])("address %j is refused", async (url) => {
    const message = expect.stringContaining("expected the address of a tracking server");
    await expect(exported([], { url })).rejects.toMatchObject({ code: "BAD_REQUEST", message });
  });

  it("a password in the address is refused and not repeated", async () => {
    const error = await exported([], { url: "http://me:secret@localhost" }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "BAD_REQUEST" });
    expect(String(error)).not.toContain("secret");
  });
});
