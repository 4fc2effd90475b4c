// What a package weighs in a browser.
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes of entry points bundled and minified for browsers without their `external` packages: as they are, gzipped, brotlied. */
export async function bundleBytes(names, external) {
  const { outputFiles } = await build({
    stdin: { contents: names.map((name) => `export * from "${name}";`).join("\n"), resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external,
    write: false,
    logLevel: "silent",
  });
  const [{ contents }] = outputFiles;
  return {
    minified: contents.length,
    gzip: gzipSync(contents, { level: 9 }).length,
    brotli: brotliCompressSync(contents).length,
  };
}
