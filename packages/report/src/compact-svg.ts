/** What only a living chart needs. */
const METADATA = / (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g;
const CIRCLE =
  /<path d="M1 0A1 1 0 1 1 1 -0\.1A1 1 0 0 1 1 0" transform="matrix\(([\d.]+),0,0,[\d.]+,(-?[\d.]+),(-?[\d.]+)\)"([^>]*)><\/path>/g;
const ELEMENT = /^<(circle|path|polyline)((?: (?:cx|cy|r|d|points)="[^"]*")+)((?: [\w-]+="[^"]*")*)(?:\/>|><\/\1>)$/;
const FONT = /font-family:([^;"]*);?/;

/** The same picture in a third of the bytes: attributes of neighbours that are alike stand once. */
export function compactSvg(svg: string): string {
  const [, font = ""] = FONT.exec(svg) ?? [];
  const lines = svg
    .replace(/<style[^>]*>[^]*?<\/style>/g, "")
    .replace(METADATA, "")
    .replace(
      CIRCLE,
      (_, r: string, x: string, y: string, rest: string) =>
        `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r)}"${unscaled(rest, Number(r))}/>`,
    )
    .replaceAll(`font-family:${font};`, "")
    .replace("<svg ", `<svg font-family="${font.replaceAll('"', "'")}" `)
    .split("\n");
  return grouped(lines).join("\n");
}

function grouped(lines: readonly string[]): readonly string[] {
  const output: string[] = [];
  let group: { readonly shared: string; readonly members: string[] } | undefined;
  const close = (): void => {
    if (!group) return;
    const { shared, members } = group;
    output.push(
      members.length > 1
        ? `<g${shared}>${members.join("")}</g>`
        : members.map((member) => member.replace("/>", `${shared}/>`)).join(""),
    );
    group = undefined;
  };
  for (const line of lines) {
    const [, name, own, shared] = ELEMENT.exec(line) ?? [];
    if (name === undefined || own === undefined || shared === undefined || / (?:transform|clip-path)=/.test(shared)) {
      close();
      output.push(line);
      continue;
    }
    if (group?.shared !== shared) close();
    group ??= { shared, members: [] };
    group.members.push(`<${name}${own}/>`);
  }
  close();
  return output;
}

/** A stroke that was scaled with its circle, at its own width. */
function unscaled(attributes: string, radius: number): string {
  return attributes.replace(
    / stroke-width="([\d.]+)"/,
    (_, width: string) => ` stroke-width="${short(String(Number(width) * radius))}"`,
  );
}

function short(number: string): string {
  return String(Math.round(10 * Number(number)) / 10);
}
