import path from "node:path";
import { readText } from "@vj/files";
import { messageOf } from "@vj/schema";
import { defaultTheme } from "../text/theme.ts";
import type { Theme } from "../text/theme.ts";
import { builtInThemes } from "./built-in.ts";
import type { ColourLevel } from "./colour-code.ts";
import { parseTheme } from "./parse-theme.ts";

/** A theme, and why it is not the one that was asked for. */
export interface FoundTheme {
  readonly theme: Theme;
  /** Undefined: it is. */
  readonly problem?: string;
}

/**
 * The theme of a name: a file `<name>.json` in `themes` of the configuration directory, else one that comes with this program. A file
 * with a fault is refused with its place, and the default theme is used.
 */
export function findTheme(name: string, configDir: string, level: ColourLevel): FoundTheme {
  const file = path.join(configDir, "themes", `${name}.json`);
  try {
    const text = /^[\w-]+$/.test(name) ? readText(file) : undefined;
    const builtIn = builtInThemes.find((theme) => theme.name === name);
    if (text !== undefined) return { theme: parseTheme(name, text, level) };
    if (builtIn !== undefined) return { theme: builtIn };
    const known = builtInThemes.map((theme) => theme.name).join(", ");
    return { theme: defaultTheme, problem: `there is no theme "${name}"; use ${known}, or write ${file}` };
  } catch (error) {
    return { theme: defaultTheme, problem: `theme ${file}: ${messageOf(error)}` };
  }
}
