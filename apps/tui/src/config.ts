import { busDir } from "@vj/control";
import isUnicodeSupported from "is-unicode-supported";
import { createSupportsColor } from "supports-color";
import type { Palette } from "./text/paint.ts";

/** The environment of this program. */
export interface TuiEnvironment {
  readonly busDir: string;
  readonly palette: Palette;
  /** Whether a full screen can be drawn; otherwise plain lines are printed. */
  readonly fullScreen: boolean;
  /** Whether there is a keyboard. */
  readonly keyboard: boolean;
}

type Environment = NodeJS.ProcessEnv;

/**
 * Reads `VJ_BUS_DIR`, `NO_COLOR`, `FORCE_COLOR`, `TERM`, `CI`, `VJ_ASCII` and the locale.
 * @param args of the command line: `--color` and `--no-color` take precedence over all variables
 */
export function readEnvironment(env: Environment = process.env, args: readonly string[] = process.argv.slice(2)): TuiEnvironment {
  return {
    busDir: busDir(),
    palette: { colour: wantsColour(env, args), ascii: wantsAscii(env) },
    fullScreen: process.stdout.isTTY && env["TERM"] !== "dumb" && !inCi(env),
    keyboard: process.stdin.isTTY,
  };
}

/** Ink and React read this when they are first imported; their development builds take twice as long. */
export function preferProduction(env: Environment = process.env): void {
  env["NODE_ENV"] ??= "production";
}

export function wantsColour(env: Environment, args: readonly string[]): boolean {
  if (args.includes("--no-color")) return false;
  if (args.includes("--color")) return true;
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  if (env["TERM"] === "dumb") return false;
  return createSupportsColor(process.stdout, { sniffFlags: false }) !== false;
}

/** Signs of ambiguous width take two cells in terminals of these languages, and would break every row. */
const wideLocale = /^(zh|ja|ko)/i;

export function wantsAscii(env: Environment): boolean {
  const wanted = env["VJ_ASCII"];
  if (wanted !== undefined && wanted !== "") return wanted !== "0";
  return wideLocale.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "") || !isUnicodeSupported();
}

/** Decided like in Ink, which draws only the last picture in a CI. */
export function inCi(env: Environment): boolean {
  return ["CI", "CONTINUOUS_INTEGRATION"].some((name) => env[name] !== undefined && env[name] !== "0" && env[name] !== "false");
}
