import { configError } from "@ea/runner";

/** Pixels per pixel of the SVG: sharp in print. */
const ZOOM = 2;
const PROBE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="15" font-size="12" font-family="sans-serif">x</text></svg>';

/**
 * SVG to PNG without a browser.
 *
 * @throws {RunnerError} `CONFIG` where the rasteriser is not installed or has no font: text would be missing.
 */
export async function createRasteriser(): Promise<(svg: string) => Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js").catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw unfit(
      `expected the optional dependency @resvg/resvg-js, found none for this platform (${why}); --svg needs nothing`,
    );
  });
  const font = { loadSystemFonts: true };
  if (new Resvg(PROBE, { font }).getBBox() === undefined) {
    throw unfit(
      "expected a font, found none, and text would be missing: apt-get install fonts-dejavu-core; --svg needs none",
    );
  }
  return (svg) => new Resvg(svg, { font, fitTo: { mode: "zoom", value: ZOOM } }).render().asPng();
}

function unfit(message: string): Error {
  return configError([{ file: undefined, path: "--png", message }]);
}
