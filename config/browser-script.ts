import { build, type Plugin } from "esbuild";

const SUFFIX = "?script";

/** A program for browsers as one minified text. */
async function bundled(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2022",
    conditions: ["@ea/source"],
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0]?.text ?? "";
}

const moduleOf = async (path: string): Promise<string> =>
  `export const script = ${JSON.stringify(await bundled(path))};`;

/** `import { script } from "./main.ts?script"`: what is bundled for browsers, as a text. For esbuild and tsup. */
export function browserScript(): Plugin {
  return {
    name: "browser-script",
    setup(bundling) {
      bundling.onResolve({ filter: /\?script$/ }, async ({ path, ...options }) => {
        const found = await bundling.resolve(path.slice(0, -SUFFIX.length), {
          resolveDir: options.resolveDir,
          kind: options.kind,
        });
        return { path: found.path, namespace: "browser-script" };
      });
      bundling.onLoad({ filter: /.*/, namespace: "browser-script" }, async ({ path }) => ({
        contents: await moduleOf(path),
      }));
    },
  };
}

/** The same for Vite, by which tests are loaded. */
export function browserScriptForVite() {
  return {
    name: "browser-script",
    enforce: "pre",
    async load(id: string): Promise<string | undefined> {
      return id.endsWith(SUFFIX) ? moduleOf(id.slice(0, -SUFFIX.length)) : undefined;
    },
  } as const;
}
