import { messageOf } from "@vj/schema";
import { defaultTheme } from "../text/theme.ts";
import type { Theme, ThemeKey } from "../text/theme.ts";
import { styleCode } from "./colour-code.ts";
import type { ColourLevel } from "./colour-code.ts";

/**
 * Reads a theme: a JSON object of parts and their styles, `{"bad": "bold bright-red"}`. Parts that it does not name are as in the default
 * theme. Pure.
 * @param text of the file @param level what the terminal can show
 * @throws Error that names the line, what is wrong there, and what may stand there
 */
export function parseTheme(name: string, text: string, level: ColourLevel): Theme {
  const value = readJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error('line 1: a theme is an object, such as {"bad": "bold red"}');
  const codes: Record<ThemeKey, string> = { ...defaultTheme.codes };
  for (const [part, style] of Object.entries(value)) {
    const at = `line ${lineOf(text, text.indexOf(JSON.stringify(part)))}`;
    if (!isPart(part)) throw new Error(`${at}: "${part}" is not a part of a theme; the parts are ${Object.keys(defaultTheme.codes).join(", ")}`);
    if (typeof style !== "string") throw new Error(`${at}: "${part}" needs a text, such as "bold red"`);
    codes[part] = readStyle(style, level, at);
  }
  return { name, codes };
}

function isPart(part: string): part is ThemeKey {
  return Object.hasOwn(defaultTheme.codes, part);
}

function readStyle(style: string, level: ColourLevel, at: string): string {
  const words = style.split(/\s+/).filter((word) => word !== "");
  const codes = words.map((word) => {
    const code = styleCode(word, level);
    if (code === undefined) throw new Error(`${at}: "${word}" is not a style; use bold, dim, italic, underline, reverse, plain, red, bright-red, gray, #rrggbb, or on-red`);
    return code;
  });
  return codes.filter((code) => code !== "").join(";");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /position (\d+)/.exec(messageOf(error)) ?? [];
    const at = position === undefined ? text.length : Number(position);
    throw new Error(`line ${lineOf(text, at)}: this is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** Line of a place in a text, from 1. */
function lineOf(text: string, at: number): number {
  return text.slice(0, Math.max(0, at)).split("\n").length;
}
