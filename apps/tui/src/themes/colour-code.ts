/** How many colours a terminal has: none, its own 16, 256, or any. */
export type ColourLevel = 0 | 1 | 2 | 3;

const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;
/** Roughly what the sixteen colours look like, for the nearest of them. */
const looks: readonly (readonly [number, number, number])[] = [
  [0, 0, 0], [205, 0, 0], [0, 205, 0], [205, 205, 0], [0, 0, 238], [205, 0, 205], [0, 205, 205], [229, 229, 229],
  [127, 127, 127], [255, 0, 0], [0, 255, 0], [255, 255, 0], [92, 92, 255], [255, 0, 255], [0, 255, 255], [255, 255, 255],
];
const attributes: Readonly<Record<string, string>> = { bold: "1", dim: "2", italic: "3", underline: "4", reverse: "7", plain: "" };

/**
 * SGR parameters of one word of a style: `bold`, `red`, `bright-red`, `gray`, `#ff8800`, `on-blue`. A colour that the terminal does not
 * have becomes the nearest one of those that it has.
 * @returns undefined for a word that is none of these
 */
export function styleCode(word: string, level: ColourLevel): string | undefined {
  const attribute = attributes[word];
  if (attribute !== undefined) return attribute;
  const background = word.startsWith("on-");
  const colour = background ? word.slice(3) : word;
  const index = namedIndex(colour);
  if (index !== undefined) return level === 0 ? "" : String((index < 8 ? 30 + index : 82 + index) + (background ? 10 : 0));
  const [, red = "", green = "", blue = ""] = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour) ?? [];
  if (red === "") return undefined;
  return exactCode([red, green, blue].map((part) => Number.parseInt(part, 16)), level, background);
}

function namedIndex(colour: string): number | undefined {
  if (colour === "gray" || colour === "grey") return 8;
  const bright = colour.startsWith("bright-");
  const index = names.findIndex((name) => name === (bright ? colour.slice(7) : colour));
  return index < 0 ? undefined : index + (bright ? 8 : 0);
}

function exactCode(rgb: readonly number[], level: ColourLevel, background: boolean): string {
  const ground = background ? 48 : 38;
  switch (level) {
    case 0:
      return "";
    case 1: {
      const distance = (look: readonly number[]): number => look.reduce((sum, part, at) => sum + (part - (rgb[at] ?? 0)) ** 2, 0);
      const nearest = looks.reduce((best, look, index) => (distance(look) < distance(looks[best] ?? []) ? index : best), 0);
      return String((nearest < 8 ? 30 + nearest : 82 + nearest) + (background ? 10 : 0));
    }
    case 2: {
      const [red = 0, green = 0, blue = 0] = rgb.map((part) => Math.round((part / 255) * 5));
      return `${ground};5;${16 + 36 * red + 6 * green + blue}`;
    }
    case 3:
      return `${ground};2;${rgb.join(";")}`;
  }
}
