/** The lengths of frames and ticks in a document. */
export interface TtmlRates {
  /** Frames in a second. */
  readonly frames: number;
  /** Ticks in a second. */
  readonly ticks: number;
}

const clock = /^(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:\.\d{1,12})?)$/;
const clockWithFrames = /^(\d{1,3}):(\d{1,2}):(\d{1,2}):(\d{1,3}(?:\.\d{1,6})?)$/;
const offset = /^(\d{1,9}(?:\.\d{1,12})?)(h|ms|m|s|f|t)?$/;

/** A time of TTML in seconds: `hh:mm:ss.f`, `mm:ss.f`, `hh:mm:ss:frames`, `12.3s` and other units; a number alone is seconds. Undefined when it is none. */
export function ttmlSeconds(text: string, { frames, ticks }: TtmlRates): number | undefined {
  const trimmed = text.trim();
  const framed = clockWithFrames.exec(trimmed);
  if (framed !== null) return secondsOf(framed[1], framed[2], framed[3]) + Number(framed[4]) / frames;
  const timed = clock.exec(trimmed);
  if (timed !== null) return secondsOf(timed[1], timed[2], timed[3]);
  const [, count, unit = "s"] = offset.exec(trimmed) ?? [];
  if (count === undefined) return undefined;
  const lasts: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, f: 1 / frames, t: 1 / ticks };
  return Number(count) * (lasts[unit] ?? 1);
}

/** @param attribute the value of an attribute by its name without its prefix */
export function ttmlRates(attribute: (name: string) => string | undefined): TtmlRates {
  const [numerator = 1, denominator = 1] = (attribute("frameRateMultiplier") ?? "").trim().split(/\s+/).map(Number).filter((part) => part > 0);
  const frames = positive(attribute("frameRate"), 30) * (numerator / denominator);
  return { frames, ticks: positive(attribute("tickRate"), attribute("frameRate") === undefined ? 1 : frames) };
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}

function secondsOf(hours = "0", minutes = "0", seconds = "0"): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
