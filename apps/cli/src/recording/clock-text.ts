import { CliError, exitCodes } from "../cli-error.ts";

/** Seconds as `1:02:03`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** Seconds as `2:03`, from an hour on as `1:02:03`. */
export function shortClock(seconds: number): string {
  return clockText(seconds).replace(/^0:0?(?=\d)/, "");
}

/** Reads `1:02:03`, `2:03` or `63` (seconds, with decimals) as seconds. @throws CliError when it is something else */
export function parseClock(text: string): number {
  const match = /^(?:(?:(\d{1,4}):)?([0-5]?\d):(?=[0-5]\d))?(\d{1,7}(?:\.\d+)?)$/.exec(text);
  if (match === null) throw new CliError(`"${text}" is not a time`, { hint: "write hours:minutes:seconds, for example 1:02:03, or seconds", exitCode: exitCodes.usage });
  const [, hours = "0", minutes = "0", seconds = "0"] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Bytes as `3.1 MB`. */
export function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
