import { literal, literals, type PythonCode, partsOf } from "./python-code.ts";
import type { ScriptArgument } from "./script-argument.ts";

/** What transformers' own TrainingArguments take, by their documentation; a script that uses them does not name them. */
const TRAINING_ARGUMENTS: readonly ScriptArgument[] = [
  known("--learning_rate", "float", 5e-5),
  known("--num_train_epochs", "float", 3),
  known("--per_device_train_batch_size", "int", 8),
  known("--weight_decay", "float", 0),
  known("--seed", "int", 42),
];

/** The arguments that transformers' HfArgumentParser makes of the dataclasses it is given. */
export function dataclassArguments(code: PythonCode): readonly ScriptArgument[] {
  const names = [...code.masked.matchAll(/\bHfArgumentParser\s*\(\s*([^)]*)\)/g)].flatMap(([, inside = ""]) =>
    [...inside.matchAll(/(?<![\w.])[A-Za-z_]\w*/g)].map(([name]) => name),
  );
  return [...new Set(names)].flatMap((name) => classArguments(code, name));
}

function classArguments(code: PythonCode, name: string): readonly ScriptArgument[] {
  if (/^(?:Seq2Seq)?TrainingArguments$/.test(name)) return TRAINING_ARGUMENTS;
  const head = new RegExp(`^@(?:dataclasses\\.)?dataclass\\b[^\\n]*\\nclass ${name}\\b[^\\n]*:[^\\S\\n]*$`, "m").exec(
    code.masked,
  );
  if (!head) return [];
  const start = head.index + head[0].length;
  const length = code.masked.slice(start).search(/^[^\s\0]/m);
  const body = code.masked.slice(start, length < 0 ? undefined : start + length);
  const inherited = /\(\s*((?:Seq2Seq)?TrainingArguments)\s*\)/.exec(head[0]) ? TRAINING_ARGUMENTS : [];
  // Four blanks or one tabulator: what is deeper belongs to a method or to a call
  const fields = [...body.matchAll(/^(?: {2,4}|\t)([A-Za-z_]\w*)[^\S\n]*:[^\S\n]*([^=\n]+?)[^\S\n]*(?:=[^\S\n]*|$)/gm)];
  return [
    ...inherited,
    ...fields.map((match) => {
      const [all, field = "", annotation = ""] = match;
      const typeEnd = start + match.index + all.indexOf(annotation, all.indexOf(":")) + annotation.length;
      const type = code.source.slice(typeEnd - annotation.length, typeEnd);
      return fieldArgument(code, { field, type, at: start + match.index + all.length, hasValue: all.includes("=") });
    }),
  ];
}

function fieldArgument(
  code: PythonCode,
  {
    field,
    type,
    at,
    hasValue,
  }: { readonly field: string; readonly type: string; readonly at: number; readonly hasValue: boolean },
): ScriptArgument {
  const call = /^(?:dataclasses\.)?field\s*\(/.exec(code.masked.slice(at, at + 100));
  const [rest = ""] = code.masked.slice(at).split("\n", 1);
  const line = code.source.slice(at, at + rest.trimEnd().length);
  const text = call ? partsOf(code, at + call[0].length)?.keywords.get("default") : line;
  const bare = /^(?:typing\.)?Optional\[(.*)\]$/.exec(type)?.[1] ?? type.replace(/\s*\|\s*None$/, "");
  return {
    flag: `--${field}`,
    // HfArgumentParser reads the words true and false itself
    type: bare === "bool" ? "string_to_bool" : bare,
    default: hasValue ? literal(text) : undefined,
    choices: literals(/^(?:typing\.)?Literal(\[.*\])$/.exec(bare)?.[1]),
    isSwitch: false,
    isRequired: !hasValue,
  };
}

function known(flag: string, type: string, value: number): ScriptArgument {
  return { flag, type, default: value, choices: undefined, isSwitch: false, isRequired: false };
}
