import { defineConfig } from "tsup";
import { browserScript } from "../../config/browser-script.ts";

/** The CLI is one self-contained bundle, straight from the sources of the workspace: it starts fast and needs no other build. */
export default defineConfig({
  entry: ["src/bin.ts"],
  format: "esm",
  target: "node20",
  outDir: "dist",
  clean: true,
  splitting: true,
  // All but what has a binary for each platform
  noExternal: [/^(?!@resvg\/)/],
  external: ["@resvg/resvg-js"],
  esbuildPlugins: [browserScript()],
  esbuildOptions: (options) => {
    options.conditions = ["@ea/source", "node", "import"];
    // Less to parse at each start; names stay, for stack traces
    options.minifyWhitespace = true;
    options.minifySyntax = true;
  },
  // CommonJS dependencies inside an ES module bundle still ask for `require`
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
