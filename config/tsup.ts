import type { Options } from "tsup";

/** The one build recipe of the libraries: ESM and types, dependencies left outside. */
export default {
  entry: ["src/index.ts"],
  format: "esm",
  target: "node20",
  outDir: "dist",
  clean: true,
  sourcemap: true,
  // tsup sets `baseUrl` for its type bundler, which TypeScript 6 deprecates
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
} satisfies Options;
