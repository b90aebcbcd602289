import { z } from "zod";

/** One start with settings that were not known to work. Times are epoch milliseconds. */
const trySchema = z.object({
  at: z.number(),
  /** It was up and at work for a moment. */
  steady: z.boolean().default(false),
  /** How it ended, as far as the process itself could say. */
  end: z.enum(["crash", "stop"]).optional(),
  endedAt: z.number().optional(),
  /** How much this start counts as failed, 0 to 1. */
  failed: z.number().default(0),
  reason: z.string().optional(),
});

/** What is known of the starts of one worker; kept beside its settings file. */
export const startRecordSchema = z.object({
  /** The settings that worked last; absent as long as none are known. */
  good: z.record(z.string(), z.unknown()).optional(),
  /** The settings of `tries`, as one text. */
  tried: z.string().default(""),
  /** Starts in a row with the same settings that are not known to work, oldest first. */
  tries: z.array(trySchema).default([]),
  /** The change that was put back, for a person; until somebody changes the settings. */
  putBack: z.string().optional(),
});
export type StartRecord = z.infer<typeof startRecordSchema>;

/** How the process before this one ended, as its supervisor saw it. */
export const lastExits = ["crashed", "unanswered", "hung", "killed"] as const;
export type LastExit = (typeof lastExits)[number];

/** A start that lives this long is steady: what ends it later without a word is rather a kill than a hang. Milliseconds. */
export const steadyMs = 1000;

/** A start that lives this long has worked, ms. */
export const settledMs = 5000;

/** Failed starts after which the settings that worked last come back. */
const failuresAllowed = 2;

/** Starts further apart than this are not in a row, ms: a minute, and the time a supervisor needs to start one. */
const inRowMs = 75_000;

/** How much a start counts as failed, by the end that its supervisor saw. A kill from outside is not the fault of a setting,
 * unless it happens again and again: a system that is out of memory kills like this. */
const weights: Readonly<Record<LastExit, number>> = { crashed: 1, unanswered: 1, hung: 0.5, killed: 0.25 };

/** What a start decides. */
export interface StartDecision {
  readonly record: StartRecord;
  /** Set when the settings of now are to be put back to `record.good`: why they failed. */
  readonly rejected: string | undefined;
}

/**
 * A process begins with these settings: counts it, and says whether they failed too often. Pure.
 * @param settings those of now, defaults left out. @param now epoch milliseconds
 * @param lastExit what the supervisor says of the process before; undefined when there is none that says it
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

/** The running process ends by itself: `crash` with its reason, or in order. Pure. */
export function endStart(before: StartRecord, end: "crash" | "stop", reason: string | undefined, now: number): StartRecord {
  const last = before.tries.at(-1);
  if (last === undefined || last.end !== undefined) return before;
  const ended = { ...last, end, endedAt: now, failed: end === "crash" ? 1 : 0, ...(reason === undefined ? {} : { reason }) };
  return { ...before, tries: [...before.tries.slice(0, -1), ended] };
}

/** The running process is up and at work. Pure. */
export function steadyStart(before: StartRecord): StartRecord {
  const last = before.tries.at(-1);
  return last === undefined ? before : { ...before, tries: [...before.tries.slice(0, -1), { ...last, steady: true }] };
}

/** These settings work. Pure. */
export function settleStart(before: StartRecord, settings: Readonly<Record<string, unknown>>): StartRecord {
  const { putBack } = before;
  return { good: { ...settings }, tried: "", tries: [], ...(putBack === undefined ? {} : { putBack }) };
}

/** The same text for the same settings, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The tries that still count, the last one judged. */
function inRow(tries: StartRecord["tries"], now: number, lastExit: LastExit | undefined): StartRecord["tries"] {
  const last = tries.at(-1);
  if (last === undefined) return [];
  if (last.endedAt !== undefined) return now - last.endedAt > inRowMs ? [] : tries;
  // It could not say how it ended. One that had the time to get up and did not, hung.
  const hung = !last.steady && now - last.at > settledMs;
  const failed = lastExit === undefined ? (hung ? 1 : 0.5) : weights[lastExit];
  const reason = failed === 1 ? "it did not answer" : lastExit === "hung" ? "it hung" : "it was killed";
  return [...tries.slice(0, -1), { ...last, failed, reason }];
}
