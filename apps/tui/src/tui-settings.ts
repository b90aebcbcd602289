import path from "node:path";
import { readJson, readText } from "@vj/files";
import { messageOf } from "@vj/schema";

/** What a person set for the screen, in `tui.json` of the configuration directory. */
export interface TuiSettings {
  readonly theme?: string;
  readonly mouse?: boolean;
  /** One picture a second, and nothing that blinks. */
  readonly calm?: boolean;
}

/** Settings and what is wrong with their file. */
export interface ReadSettings {
  readonly settings: TuiSettings;
  readonly problems: readonly string[];
}

const kinds: Readonly<Record<keyof TuiSettings, "string" | "boolean">> = { theme: "string", mouse: "boolean", calm: "boolean" };

/** Reads `tui.json`; what is wrong in it is left out and named. */
export function readSettings(configDir: string): ReadSettings {
  const file = path.join(configDir, "tui.json");
  try {
    const text = readText(file);
    const read = readJson(text ?? "{}");
    if (!read.ok) return { settings: {}, problems: [`${file}: ${read.fault}`] };
    const { value } = read;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return { settings: {}, problems: [`${file}: needs an object, such as {"theme": "light"}`] };
    const problems: string[] = [];
    const valid = Object.entries(value).filter(([key, setting]) => {
      const kind = Object.entries(kinds).find(([name]) => name === key)?.[1];
      if (kind === undefined) problems.push(`${file}: "${key}" is not a setting; use ${Object.keys(kinds).join(", ")}`);
      else if (typeof setting !== kind) problems.push(`${file}: "${key}" needs ${kind === "boolean" ? "true or false" : "a text"}`);
      return typeof setting === kind;
    });
    return { settings: Object.fromEntries(valid), problems };
  } catch (error) {
    return { settings: {}, problems: [`${file}: ${messageOf(error)}`] };
  }
}
