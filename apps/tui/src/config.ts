import { busDir } from "@vj/control";
import { ownFolders } from "@vj/files";
import isUnicodeSupported from "is-unicode-supported";
import { colourLevel } from "./colour-level.ts";
import type { Palette } from "./text/paint.ts";
import type { Theme } from "./text/theme.ts";
import { builtInThemes } from "./themes/built-in.ts";
import { findTheme } from "./themes/find-theme.ts";
import { readSettings } from "./tui-settings.ts";

/** The environment of this program. */
export interface TuiEnvironment {
  readonly busDir: string;
  readonly palette: Palette;
  /** The looks to choose from. */
  readonly themes: readonly Theme[];
  /** Whether a full screen can be drawn and is wanted; otherwise plain lines are printed. */
  readonly fullScreen: boolean;
  /** Whether there is a keyboard. */
  readonly keyboard: boolean;
  /** Whether clicks and the wheel are taken at first. */
  readonly mouse: boolean;
  /** One picture a second, and nothing that blinks. */
  readonly calm: boolean;
  /** Faults of settings and themes, to be shown. */
  readonly problems: readonly string[];
}

type Environment = NodeJS.ProcessEnv;

/**
 * Reads `tui.json`, `VJ_BUS_DIR`, `VJ_CONFIG_DIR`, `VJ_THEME`, `VJ_MOUSE`, `VJ_CALM`, `VJ_ASCII`, `NO_COLOR`, `FORCE_COLOR`, `TERM`, `CI`,
 * `INK_SCREEN_READER` and the locale.
 * @param args of the command line, which takes precedence over variables, and these over the file
 */
export function readEnvironment(env: Environment = process.env, args: readonly string[] = process.argv.slice(2)): TuiEnvironment {
  const { configDir } = ownFolders(env);
  const { settings, problems } = readSettings(configDir);
  const level = colourLevel(env, args);
  const { theme, problem } = findTheme(valueOf(args, "--theme") || env["VJ_THEME"] || settings.theme || "default", configDir, level);
  return {
    busDir: busDir(),
    palette: { colour: level > 0, ascii: wantsAscii(env), theme },
    themes: [...builtInThemes.filter(({ name }) => name !== theme.name), theme],
    fullScreen: process.stdout.isTTY && env["TERM"] !== "dumb" && !inCi(env) && !wantsLines(env, args),
    keyboard: process.stdin.isTTY,
    mouse: decide({ args, flag: "mouse", variable: env["VJ_MOUSE"] }) ?? settings.mouse ?? true,
    calm: decide({ args, flag: "calm", variable: env["VJ_CALM"] }) ?? settings.calm ?? false,
    problems: problem === undefined ? problems : [...problems, problem],
  };
}

/** What `--flag`, `--no-flag` and a variable (0 or anything else) say; undefined: nothing. */
function decide({ args, flag, variable }: { args: readonly string[]; flag: string; variable: string | undefined }): boolean | undefined {
  if (args.includes(`--no-${flag}`)) return false;
  if (args.includes(`--${flag}`)) return true;
  return variable === undefined || variable === "" ? undefined : variable !== "0";
}

/** The value of an option, `--theme light` or `--theme=light`. */
function valueOf(args: readonly string[], option: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${option}=`));
  const at = args.indexOf(option);
  return joined?.slice(option.length + 1) ?? (at < 0 ? undefined : args[at + 1]);
}

/** A screen reader reads lines, and only what changed. */
export function wantsLines(env: Environment, args: readonly string[]): boolean {
  return args.includes("--screen-reader") || env["INK_SCREEN_READER"] === "true";
}

/** Ink and React read this when they are first imported; their development builds take twice as long. */
export function preferProduction(env: Environment = process.env): void {
  env["NODE_ENV"] ??= "production";
}

/** Signs of ambiguous width take two cells in terminals of these languages, and would break every row. */
const wideLocale = /^(zh|ja|ko)/i;
/** Locales without Unicode: the bare one, and those that name another character set. */
const bareLocale = /^(C|POSIX)$|^[^.]*\.(?!utf-?8)/i;

export function wantsAscii(env: Environment): boolean {
  const wanted = env["VJ_ASCII"];
  if (wanted !== undefined && wanted !== "") return wanted !== "0";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return wideLocale.test(locale) || bareLocale.test(locale) || !isUnicodeSupported();
}

/** Decided like in Ink, which draws only the last picture in a CI. */
export function inCi(env: Environment): boolean {
  return ["CI", "CONTINUOUS_INTEGRATION"].some((name) => env[name] !== undefined && env[name] !== "0" && env[name] !== "false");
}
