import { z } from "zod";

/** One start with settings that are not known to work. Times are epoch milliseconds. */
const trySchema = z.object({
  at: z.number(),
  /** It was up and running for a moment. */
  steady: z.boolean().default(false),
  /** How it ended, if the process itself could record it. */
  end: z.enum(["crash", "stop"]).optional(),
  endedAt: z.number().optional(),
  /** How much this start counts as failed, 0 to 1. */
  failed: z.number().default(0),
  reason: z.string().optional(),
});

/** Record of the starts of one worker, kept beside its settings file. */
export const startRecordSchema = z.object({
  /** The settings that worked last; absent as long as none are known. */
  good: z.record(z.string(), z.unknown()).optional(),
  /** The settings of `tries`, in one text. */
  tried: z.string().default(""),
  /** Consecutive starts with the same settings that are not known to work, oldest first. */
  tries: z.array(trySchema).default([]),
  /** The change that was put back, for a person; kept until the settings are changed. */
  putBack: z.string().optional(),
});
export type StartRecord = z.infer<typeof startRecordSchema>;

/** How the previous process ended, as its supervisor saw it. */
export const lastExits = ["crashed", "unanswered", "hung", "killed"] as const;
/** How the last process of a worker ended, as far as its record says. */
export type LastExit = (typeof lastExits)[number];

/** A start that lives this long is steady, milliseconds: a later end without a record is more likely a kill than a hang. */
export const steadyMs = 1000;

/** Settings count as working after a start has lived this long, ms. */
export const settledMs = 5000;

/** Number of failed starts after which the last working settings are restored. */
const failuresAllowed = 2;

/** Starts further apart than this are not consecutive, ms: a minute, plus the time a supervisor needs for a start. */
const inRowMs = 75_000;

/**
 * How much a start counts as failed, by the end that its supervisor saw. A kill from outside is not the fault of a
 * setting, unless it is repeated: settings that use up the memory also end in a kill.
 */
const weights: Readonly<Record<LastExit, number>> = { crashed: 1, unanswered: 1, hung: 0.5, killed: 0.25 };

/** The decision at a start. */
export interface StartDecision {
  readonly record: StartRecord;
  /** Set when the current settings are to be replaced by `record.good`: the reason for their failure. */
  readonly rejected: string | undefined;
}

/**
 * Counts a start with these settings, and decides whether they failed too often. Pure.
 * @param settings the current ones, defaults left out. @param now epoch milliseconds
 * @param lastExit the supervisor's report on the previous process; undefined when there is none
 */
export function beginStart(
  before: StartRecord,
  settings: Readonly<Record<string, unknown>>,
  now: number,
  lastExit: LastExit | undefined,
): StartDecision {
  const tried = canonical(settings);
  if (tried === canonical(before.good ?? {})) return { record: { ...before, tried: "", tries: [] }, rejected: undefined };
  const tries = before.tried === tried ? inRow(before.tries, now, lastExit) : [];
  const failures = tries.reduce((sum, { failed }) => sum + failed, 0);
  if (failures < failuresAllowed) {
    return { record: { ...before, tried, tries: [...tries, { at: now, steady: false, failed: 0 }] }, rejected: undefined };
  }
  const reason = tries.findLast((entry) => entry.reason !== undefined)?.reason ?? "it did not answer";
  return { record: { ...before, good: before.good ?? {}, tried: "", tries: [] }, rejected: reason };
}

/** Records the end of the running process: `crash` with its reason, or in order. Pure. */
export function endStart(before: StartRecord, end: "crash" | "stop", reason: string | undefined, now: number): StartRecord {
  const last = before.tries.at(-1);
  if (last === undefined || last.end !== undefined) return before;
  const ended = { ...last, end, endedAt: now, failed: end === "crash" ? 1 : 0, ...(reason === undefined ? {} : { reason }) };
  return { ...before, tries: [...before.tries.slice(0, -1), ended] };
}

/** Records that the process is up and running. Pure. */
export function steadyStart(before: StartRecord): StartRecord {
  const last = before.tries.at(-1);
  return last === undefined ? before : { ...before, tries: [...before.tries.slice(0, -1), { ...last, steady: true }] };
}

/** These settings work. Pure. */
export function settleStart(before: StartRecord, settings: Readonly<Record<string, unknown>>): StartRecord {
  const { putBack } = before;
  return { good: { ...settings }, tried: "", tries: [], ...(putBack === undefined ? {} : { putBack }) };
}

/** A text that is equal for equal settings, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The tries that still count, with the last one judged. */
function inRow(tries: StartRecord["tries"], now: number, lastExit: LastExit | undefined): StartRecord["tries"] {
  const last = tries.at(-1);
  if (last === undefined) return [];
  if (last.endedAt !== undefined) return now - last.endedAt > inRowMs ? [] : tries;
  // The process could not record its end. If it had time to get up and did not, it hung.
  const hung = !last.steady && now - last.at > settledMs;
  const failed = lastExit === undefined ? (hung ? 1 : 0.5) : weights[lastExit];
  const reason = failed === 1 ? "it did not answer" : lastExit === "hung" ? "it hung" : "it was killed";
  return [...tries.slice(0, -1), { ...last, failed, reason }];
}
