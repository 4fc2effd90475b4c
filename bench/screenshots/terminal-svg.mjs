// A screen of a terminal as SVG: cells in a grid, in the colours of a light or a dark window.

const CELL = { width: 7.8, height: 17 };
const PADDING = 14;
const THEMES = {
  light: { back: "#ffffff", edge: "#d0d7de", ink: "#1f2328", palette: ["#1f2328", "#b42318", "#1a7f37", "#8a5a00"] },
  dark: { back: "#15181d", edge: "#30363e", ink: "#e6e8eb", palette: ["#e6e8eb", "#ff8078", "#5fd07a", "#e0b050"] },
};

/**
 * Lines of a terminal, each a list of pieces `{ column, text, colour, isDim }`; `colour` is a number of the palette or
 * `undefined`. The file names no font that has to be there: each piece is stretched to its cells.
 */
export function terminalSvg(lines, { columns, title, theme }) {
  const { back, edge, ink, palette } = THEMES[theme];
  const width = Math.ceil(columns * CELL.width + 2 * PADDING);
  const height = Math.ceil((lines.length + 1.6) * CELL.height + 2 * PADDING);
  const at = (row) => (PADDING + (row + 2.4) * CELL.height).toFixed(1);
  const piece = ({ column, text, colour, isDim }, row) =>
    `<text x="${(PADDING + column * CELL.width).toFixed(1)}" y="${at(row)}" fill="${palette[colour] ?? ink}"${isDim ? ' opacity="0.6"' : ""} textLength="${(text.length * CELL.width).toFixed(1)}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped(text)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="13">
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6" fill="${back}" stroke="${edge}"/>
<text x="${PADDING}" y="${PADDING + 8}" fill="${ink}" opacity="0.7" font-size="12">${escaped(title)}</text>
<path d="M1 ${PADDING + 18}H${width - 1}" stroke="${edge}"/>
${lines.flatMap((line, row) => line.map((each) => piece(each, row))).join("\n")}
</svg>
`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
