/** How a terminal looks on the pictures: neutral colours on a background of its own, readable on light and on dark pages. */
export const look = {
  /** Size of letters and of a cell, pixels. */
  font: 14, cellWidth: 8.43, cellHeight: 16.5, border: 12,
  fore: "#d3d7de", back: "#1c1f26",
  /** The sixteen colours in the order of their SGR codes: usual, then bright. */
  colours: [
    "#4b515c", "#ee6d77", "#8fc57a", "#e2b95f", "#6aa8f0", "#cf86e0", "#56bcc9", "#c9cdd4",
    "#7d8490", "#ff8f97", "#aee39a", "#f6d58c", "#93c3ff", "#e4a9f1", "#83dbe5", "#ffffff",
  ],
} as const;

/** The rules of all texts: fonts of the usual systems, whose letters take 0.6 of their size. */
export const styleRules = [
  `text{font:${look.font}px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace;fill:${look.fore};white-space:pre}`,
  ".b{font-weight:700}.d{opacity:.62}.i{font-style:italic}.u{text-decoration:underline}",
  ...look.colours.map((colour, index) => `.c${index}{fill:${colour}}`),
  `.x{fill:${look.back}}`,
].join("");

/** The look of a text by its SGR parameters. */
export interface Looks {
  /** Names of rules, apart by blanks; empty: as all texts. */
  readonly names: string;
  /** Fill of the cells behind it; undefined: none. */
  readonly ground: string | undefined;
}

const attributes: Readonly<Record<string, string>> = { "1": "b", "2": "d", "3": "i", "4": "u" };

/** @throws Error for parameters that the pictures cannot show */
export function looksOf(style: string): Looks {
  const codes = style.split(";").filter((code) => code !== "");
  const reverse = codes.includes("7");
  let fore: number | undefined;
  let back: number | undefined;
  const names: string[] = [];
  for (const code of codes.filter((one) => one !== "7")) {
    const number = Number(code);
    const attribute = attributes[code];
    if (attribute !== undefined) names.push(attribute);
    else if (/^(3|9)[0-7]$/.test(code)) fore = number < 90 ? number - 30 : number - 82;
    else if (/^(4|10)[0-7]$/.test(code)) back = number < 100 ? number - 40 : number - 92;
    else throw new Error(`the style ${style} has a part that pictures cannot show: ${code}`);
  }
  const colourOf = (index: number | undefined, otherwise: string): string => (index === undefined ? otherwise : (look.colours[index] ?? otherwise));
  if (reverse) return { names: [...names.filter((name) => name !== "d"), back === undefined ? "x" : `c${back}`].join(" "), ground: colourOf(fore, look.fore) };
  return { names: [...names, ...(fore === undefined ? [] : [`c${fore}`])].join(" "), ground: back === undefined ? undefined : colourOf(back, look.back) };
}
