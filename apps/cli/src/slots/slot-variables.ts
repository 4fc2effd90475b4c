import { SLOTS_VARIABLE, type Slot } from "@ea/runner";
import { variableOf } from "../config/variables.ts";
import { runOptions } from "../run-options.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that tells a process which slot it is. */
const SLOT = "EARUN_SLOT";

/** Variables of a process that runs rows in a slot: its GPUs by UUID, and no `EA_…`, whose values are in the plan. */
export function slotVariables(
  environment: Environment,
  { index, of, tag }: Slot,
  gpus: readonly string[],
): Environment {
  const own = new Set(Object.keys(runOptions).map(variableOf));
  return {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !own.has(name))),
    [SLOTS_VARIABLE]: tag,
    [SLOT]: `${index}/${of}`,
    ...(gpus.length > 0 && { CUDA_VISIBLE_DEVICES: gpus.join(",") }),
  };
}

/** The slot that this process is; `undefined` without one. */
export function slotOf(environment: Environment): Slot | undefined {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(environment[SLOT] ?? "") ?? [];
  const tag = environment[SLOTS_VARIABLE];
  return index === undefined || tag === undefined ? undefined : { index: Number(index), of: Number(of), tag };
}
