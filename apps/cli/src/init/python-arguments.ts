import { literal, literals, type Parts, partsOf, pythonCode } from "./python-code.ts";
import { dataclassArguments } from "./python-dataclasses.ts";
import type { ScriptArgument } from "./script-argument.ts";

const CALL = /\badd_argument\s*\(|\bclick\.(?:option|argument)\s*\(/g;

/** The arguments of a script that reads them with argparse, click or HfArgumentParser, found without running it. */
export function pythonArguments(source: string): readonly ScriptArgument[] {
  const code = pythonCode(source);
  const found = [...code.masked.matchAll(CALL)].flatMap((match) => {
    const parts = partsOf(code, match.index + match[0].length);
    return parts ? [argumentOf(parts, match[0].startsWith("click"))] : [];
  });
  return [...dataclassArguments(code), ...found.filter((argument) => argument !== undefined)];
}

function argumentOf({ names, keywords }: Parts, isClick: boolean): ScriptArgument | undefined {
  const flags = names.flatMap((name) => name.split("/")).filter((name) => name.startsWith("-"));
  const flag = flags.find((name) => name.startsWith("--")) ?? flags[0] ?? names[0];
  if (flag === undefined || /\s/.test(flag)) return undefined;
  const action = literal(keywords.get("action"));
  const type = keywords.get("type");
  const choices = literals(keywords.get("choices") ?? /Choice\(\s*(\[[^\]]*\]|\([^)]*\))/.exec(type ?? "")?.[1]);
  const isOptional = keywords.get("action")?.includes("BooleanOptionalAction") === true;
  const isClickSwitch =
    isClick && (literal(keywords.get("is_flag")) === true || names.some((name) => /.\/--/.test(name)));
  return {
    flag,
    type: choices && type?.includes("Choice") ? "str" : type,
    default: literal(keywords.get("default")),
    choices,
    isSwitch:
      isOptional ||
      isClickSwitch ||
      (typeof action === "string" && /^(?:store_(?:true|false|const)|count|help|version)$/.test(action)),
    isRequired: !flag.startsWith("-") || literal(keywords.get("required")) === true,
  };
}
