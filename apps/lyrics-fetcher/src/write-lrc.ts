/** A line of lyrics with its times. */
export interface TimedText {
  readonly startMs: number;
  /** Where it ends; undefined when that is not known. */
  readonly endMs: number | undefined;
  /** May contain word stamps, as {@link stamp} writes them, in angle brackets. */
  readonly text: string;
}

/** A pause this long has a line without text of its own. */
const pauseMs = 3000;

/** Lines as LRC, sorted by time. */
export function toStampedLines(lines: readonly TimedText[]): string {
  const sorted = lines.toSorted((one, other) => one.startMs - other.startMs);
  return sorted
    .flatMap(({ startMs, endMs = Infinity, text }, index) => {
      const next = sorted[index + 1]?.startMs ?? Infinity;
      const pause = endMs > startMs && next - endMs >= pauseMs && endMs < Infinity ? [`[${stamp(endMs)}]`] : [];
      return [`[${stamp(startMs)}]${text}`, ...pause];
    })
    .join("\n");
}

/** mm:ss.xxx */
export function stamp(ms: number): string {
  const whole = Math.round(ms);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(whole / 60_000))}:${two(Math.floor(whole / 1000) % 60)}.${String(whole % 1000).padStart(3, "0")}`;
}
