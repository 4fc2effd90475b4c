import type { Literal, ScriptArgument } from "./script-argument.ts";

const OPTION = /^\s{1,8}(?:-\w(?:[ =]?(?:<[^>]+>|[A-Z][A-Z0-9_]*))?,\s*)?(--[A-Za-z][\w-]*)(.*)$/;
const DEFAULT = /[([]\s*default(?:s to|:|=| is)?\s*["']?([^"')\]]+?)["']?\s*[)\]]/i;
const CHOICES = /\{([^{}]+)\}|\[choices: ([^\]]+)\]|\[possible values: ([^\]]+)\]/;

/** The arguments that a text of `--help` names, as argparse, click, yargs, commander and clap write it. */
export function helpArguments(text: string): readonly ScriptArgument[] {
  const blocks: { readonly flag: string; rest: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, flag, rest = ""] = OPTION.exec(line) ?? [];
    const last = blocks.at(-1);
    if (flag !== undefined) blocks.push({ flag, rest });
    else if (last && /^\s{4,}\S/.test(line)) last.rest += ` ${line.trim()}`;
  }
  return blocks.filter(({ flag }) => !/^--(?:help|version)$/.test(flag)).map(argumentOf);
}

function argumentOf({ flag, rest }: { readonly flag: string; readonly rest: string }): ScriptArgument {
  const [, ...lists] = CHOICES.exec(rest) ?? [];
  const list = lists.find((found) => found !== undefined);
  const written = DEFAULT.exec(rest)?.[1];
  const value = written === undefined ? undefined : valueOf(written);
  const typeWord = /\[(number|boolean|string)\]|^[ =](?:<)?(INTEGER|INT|FLOAT|NUMBER|TEXT)\b/i.exec(rest);
  const isNumber = typeof value === "number";
  return {
    flag,
    type:
      typeOf(typeWord?.[1] ?? typeWord?.[2]) ??
      (isNumber ? (/[.e]/i.test(written ?? "") ? "float" : "int") : undefined),
    default: value,
    choices: list?.split(",").map((choice) => valueOf(choice.trim().replaceAll(/^["']|["']$/g, ""))),
    isSwitch: /^\s{2,}/.test(rest) && !/\[(?:number|string|array)\]/.test(rest) && !isNumber,
    isRequired: /\[required\]/i.test(rest),
  };
}

function typeOf(word: string | undefined): string | undefined {
  if (word === undefined) return undefined;
  if (/^int/i.test(word)) return "int";
  if (/^float$/i.test(word)) return "float";
  return /^(?:text|string)$/i.test(word) ? "str" : undefined;
}

function valueOf(text: string): Literal {
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (/^(?:none|null|undefined)$/i.test(text)) return null;
  return /^(?:true|false)$/i.test(text) ? /^t/i.test(text) : text;
}
