import { THRESHOLDS, type Thresholds } from "@ea/analysis";
import { configError } from "@ea/runner";
import { suggestion } from "@ea/runner/words";

/**
 * Thresholds that were asked for, as `NAME=VALUE`.
 *
 * @throws {RunnerError} `CONFIG` for another name, with the nearest one, and for what is no number of at least 0.
 */
export function thresholdRequest(given: readonly string[]): Partial<Thresholds> {
  return Object.fromEntries(
    given.map((each) => {
      const [name = "", value = ""] = each.split(/=(.*)/s);
      const names = Object.keys(THRESHOLDS);
      if (!names.includes(name)) throw refused(`expected NAME=VALUE, found "${each}"${suggestion(name, names)}`);
      const number = Number(value);
      if (value.trim() === "" || !(number >= 0 && Number.isFinite(number))) {
        throw refused(`expected ${name}=VALUE with a number of at least 0, found "${value}"`);
      }
      return [name, number] as const;
    }),
  );
}

function refused(message: string): Error {
  return configError([{ file: undefined, path: "--threshold", message }]);
}
