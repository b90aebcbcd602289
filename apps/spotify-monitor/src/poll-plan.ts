import type { PlayerAnswer } from "./player-answer.ts";

/** What the time of the next question depends on. */
export interface PollPlan {
  /** Answers in a row that nothing plays. */
  readonly idle: number;
  /** Failures in a row. */
  readonly failures: number;
  /** Id of the track that played last. */
  readonly id: string | undefined;
  /** Questions since that track began. */
  readonly asked: number;
}

export const startOfPlan: PollPlan = { idle: 0, failures: 0, id: undefined, asked: 0 };

const fastMs = 1000;
/** After a change so many questions come fast: people skip on, and the position is rough at first. */
const fastQuestions = 2;
/** Spotify needs a moment to notice that a track is over. */
const endMarginMs = 200;
const pausedMs = 5000;
const idleStepMs = 5000;
const idleMostMs = 30_000;
const refusedMs = 60_000;
/** Nobody is asked: this is how soon a sign-in is noticed. */
const signedOutMs = 2000;
const failureMostMs = 30_000;

/**
 * When to ask again: fast after a change and at the expected end of a track, slow while nothing plays, ever slower while it fails, and
 * exactly when a limit ends (one of less than a second is a second).
 * @param pollMs the pace while a track plays. @returns the plan, and milliseconds until the next question.
 */
export function planNext(plan: PollPlan, answer: PlayerAnswer, pollMs: number): { plan: PollPlan; waitMs: number } {
  switch (answer.kind) {
    case "player": {
      const asked = answer.id === plan.id ? plan.asked + 1 : 0;
      return { plan: { idle: 0, failures: 0, id: answer.id, asked }, waitMs: playerMs(answer, asked, pollMs) };
    }
    case "nothing": {
      const idle = plan.idle + 1;
      return { plan: { ...startOfPlan, idle }, waitMs: Math.max(pollMs, Math.min(idleMostMs, idleStepMs * (idle + 1))) };
    }
    case "refused":
      return { plan: { ...plan, failures: 0 }, waitMs: refusedMs };
    case "signed_out":
      return { plan: { ...plan, failures: 0 }, waitMs: signedOutMs };
    case "limited": {
      const failures = plan.failures + 1;
      return { plan: { ...plan, failures }, waitMs: answer.retryMs === undefined ? backOff(failures, pollMs) : Math.max(fastMs, answer.retryMs) };
    }
    case "unauthorized":
    case "fault": {
      const failures = plan.failures + 1;
      return { plan: { ...plan, failures }, waitMs: backOff(failures, pollMs) };
    }
  }
}

function playerMs({ track, seconds, playing }: Extract<PlayerAnswer, { kind: "player" }>, asked: number, pollMs: number): number {
  if (!playing) return Math.max(pollMs, pausedMs);
  const pace = asked < fastQuestions ? Math.min(fastMs, pollMs) : pollMs;
  const leftMs = ((track?.duration ?? 0) - seconds) * 1000;
  // Over, and the next one is not there yet.
  if (track !== undefined && track.duration > 0 && leftMs <= 0) return Math.min(fastMs, pollMs);
  return leftMs > 0 && leftMs + endMarginMs < pace ? leftMs + endMarginMs : pace;
}

function backOff(failures: number, pollMs: number): number {
  return Math.max(pollMs, Math.min(failureMostMs, 1000 * 2 ** Math.min(failures, 6)));
}
