import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AttemptJson, ClaimJson, PlanJson, PlanRowJson, RecordJson, StatusJson } from "@ea/records";
import { configSchemas } from "@ea/runner";
import type { SchemaFlags, SchemaName } from "../config/config-options.ts";
import { EXIT } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

/** `ea schema`: JSON Schemas on stdout, or into a directory. */
export async function schema({ name, write }: SchemaFlags, terminal: Terminal): Promise<number> {
  const schemas = allSchemas();
  if (write === undefined) {
    terminal.out(name === undefined ? `${Object.keys(schemas).join("\n")}\n` : textOf(schemas[name]));
    return EXIT.ok;
  }
  const directory = resolve(terminal.workingDirectory, write);
  await mkdir(directory, { recursive: true });
  for (const [key, value] of Object.entries(schemas)) {
    if (name !== undefined && key !== name) continue;
    const path = join(directory, `${key}.schema.json`);
    await writeFile(path, textOf(value));
    terminal.err(`Written: ${path}\n`);
  }
  return EXIT.ok;
}

const textOf = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Those of the configuration are draft-7, which editors know best; those of a session are as `@ea/records` publishes them. */
function allSchemas(): Readonly<Record<SchemaName, object>> {
  return {
    ...configSchemas(),
    record: { title: "experiment", ...RecordJson.toJSONSchema({ io: "input" }) },
    attempt: { title: "attempt", ...AttemptJson.toJSONSchema({ io: "input" }) },
    plan: { title: "plan", ...PlanJson.toJSONSchema({ io: "input" }) },
    row: { title: "row", ...PlanRowJson.toJSONSchema({ io: "input" }) },
    claim: { title: "claim", ...ClaimJson.toJSONSchema({ io: "input" }) },
    status: { title: "status", ...StatusJson.toJSONSchema({ io: "input" }) },
  };
}
