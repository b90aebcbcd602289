import { shellWords } from "./shell-words.ts";
import { SoundError } from "../errors.ts";

/** The value of `audio_source`. */
export type SourceSpec =
  | { readonly kind: "auto" | "demo" | "none" }
  /** `match` is a name (compared without case) or a regular expression. */
  | { readonly kind: "device"; readonly match: string | RegExp }
  | { readonly kind: "file"; readonly path: string }
  /** A UDP port of this machine that another analyzer sends to. */
  | { readonly kind: "osc"; readonly port: number }
  | { readonly kind: "command"; readonly words: readonly [string, ...string[]] };

const howTo = "auto, device:<name or /regex/>, file:<path>, command:<words>, osc:<port>, demo or none";

/**
 * Reads a source as written in the configuration.
 * @throws SoundError `source` that lists the possible values
 */
export function parseSourceSpec(text: string): SourceSpec {
  if (text.includes("\0")) throw new SoundError("source", "an audio source cannot contain a NUL character");
  const trimmed = text.trim();
  if (trimmed === "auto" || trimmed === "demo" || trimmed === "none") return { kind: trimmed };
  const colon = trimmed.indexOf(":");
  const rest = trimmed.slice(colon + 1).trim();
  if (colon > 0 && rest !== "") {
    switch (trimmed.slice(0, colon)) {
      case "device":
        return { kind: "device", match: parseMatch(rest) };
      case "file":
        return { kind: "file", path: rest };
      case "osc":
        if (/^\d{1,5}$/.test(rest) && Number(rest) >= 1 && Number(rest) <= 65_535) return { kind: "osc", port: Number(rest) };
        break;
      case "command": {
        const [program, ...args] = shellWords(rest);
        if (program !== undefined) return { kind: "command", words: [program, ...args] };
      }
    }
  }
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  throw new SoundError("source", `"${shown}" is not an audio source: use ${howTo}`);
}

/** A file or a command as written in the configuration; reading it again gives the same. */
export function formatSourceSpec(spec: Extract<SourceSpec, { kind: "file" | "command" }>): string {
  if (spec.kind === "file") return `file:${spec.path}`;
  return `command:${spec.words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)).join(" ")}`;
}

/**
 * A device as typed by a person: a name, or `/regex/` (compared without case).
 * @throws SoundError `source` when it is not a regular expression
 */
export function parseMatch(text: string): string | RegExp {
  const pattern = /^\/(.+)\/i?$/.exec(text)?.[1];
  if (pattern === undefined) return text;
  try {
    return new RegExp(pattern, "i");
  } catch (error) {
    throw new SoundError("source", `device:${text} is not a regular expression: ${String(error)}`, { cause: error });
  }
}
