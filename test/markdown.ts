import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  /** `name=value` of the info string after the language. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  /** 1-based line of the text's first line. */
  readonly line: number;
}

/** A page, as its readers and these tests see it. */
export interface Page {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** What `#…` may point at. */
  readonly anchors: readonly string[];
  readonly links: readonly string[];
}

/** Reads one page. */
export function readPage(path: string): Page {
  const text = readFileSync(join(ROOT, path), "utf8");
  const blocks = [...text.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", info = "", content = ""], index, all) => ({
      language,
      attributes: Object.fromEntries([...info.matchAll(/([\w-]+)=(\S+)/g)].map(([, name, value]) => [name, value])),
      text: content,
      line: text.slice(0, all[index]?.index).split("\n").length + 1,
    }),
  );
  const prose = text.replace(/^```[\s\S]*?^```$/gm, "");
  const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return {
    path,
    text,
    blocks,
    anchors: headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    ),
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target),
  };
}

/** The README and everything in `docs/`. */
export function readPages(): readonly Page[] {
  const names = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  return [readPage("README.md"), ...names.map((name) => readPage(join("docs", name)))];
}

/** The file that a relative link of a page means, and its anchor. */
export function resolveLink(page: Page, link: string): { readonly path: string; readonly anchor: string } {
  const [file = "", anchor = ""] = link.split("#");
  return { path: file === "" ? page.path : join(dirname(page.path), file), anchor };
}
