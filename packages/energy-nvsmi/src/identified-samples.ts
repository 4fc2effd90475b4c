import type { GpuSample } from "./gpu-sample.ts";
import { queryParser } from "./query-parser.ts";

/** A sample that says of which GPU it is and when it was taken. */
export interface IdentifiedSample extends GpuSample {
  readonly uuid: string;
  readonly stampMs: number;
}

/** Whether a sample says of which GPU it is and when it was taken. */
export function isIdentified(sample: GpuSample): sample is IdentifiedSample {
  return sample.uuid !== undefined && sample.stampMs !== undefined;
}

/** The identified samples in what one nvidia-smi printed, which may be an error instead: none then. */
export function identifiedSamples(stdout: string): readonly IdentifiedSample[] {
  const parser = queryParser();
  const lines = stdout.split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    const sample = parser.line(line);
    return sample && isIdentified(sample) ? [sample] : [];
  });
}
