import { HttpError, request, retryAfterMs } from "@vj/http";
import { parseJson } from "@vj/schema";
import { coverSecrets } from "./cover-secrets.ts";
import { readPlayer, readRefusal } from "./player-answer.ts";
import type { PlayerAnswer } from "./player-answer.ts";

/** An answer, which was true at some moment between question and answer: milliseconds of the monotonic clock. */
export interface TimedAnswer {
  readonly answer: PlayerAnswer;
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** Asks the Web API once what plays: `GET /v1/me/player`. */
export async function askPlayer(apiUrl: string, accessToken: string, signal: AbortSignal): Promise<TimedAnswer> {
  const askedAt = performance.now();
  const answer = await ask(apiUrl, accessToken, signal);
  return { answer, askedAt, answeredAt: performance.now() };
}

/** An answer of this machine itself: Spotify was not asked. */
export function localAnswer(answer: PlayerAnswer): TimedAnswer {
  const now = performance.now();
  return { answer, askedAt: now, answeredAt: now };
}

/**
 * The moment at which a track that plays had the answered position. If the shown position fits a moment between question and answer, that
 * moment: a slow answer then moves nothing. Otherwise the nearest of them; without a shown position, the middle.
 * @param shown seconds that are shown at `answeredAt`; undefined when it is another track
 */
export function momentOf({ askedAt, answeredAt }: TimedAnswer, seconds: number, shown: number | undefined): number {
  if (shown === undefined) return (askedAt + answeredAt) / 2;
  return Math.min(answeredAt, Math.max(askedAt, answeredAt - (shown - seconds) * 1000));
}

/** What went wrong on the way to Spotify. */
export function faultOf({ code, message }: HttpError): PlayerAnswer {
  switch (code) {
    case "timeout":
      return { kind: "fault", code: "slow", text: `Spotify is slow: ${message}` };
    case "cut":
      return { kind: "fault", code: "cut", text: `the connection to Spotify ended before its answer did: ${message}` };
    case "too_large":
    case "redirected":
      return { kind: "fault", code: "unexpected", text: `what answered is not Spotify: ${message}` };
    case "offline":
    case "cancelled":
      return { kind: "fault", code: "offline", text: `Spotify cannot be reached: ${message}` };
  }
}

async function ask(apiUrl: string, accessToken: string, signal: AbortSignal): Promise<PlayerAnswer> {
  try {
    const { status, statusText, headers, json, text } = await request(`${apiUrl.replace(/\/+$/, "")}/v1/me/player?additional_types=track,episode`, {
      headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
      redirect: "error",
      signal,
    });
    const covered = status === 403 ? coverSecrets(text, [accessToken]) : "";
    switch (status) {
      case 200:
        return readPlayer(json);
      case 204:
        return { kind: "nothing" };
      case 401:
        return { kind: "unauthorized" };
      case 403:
        return readRefusal(parseJson(covered), covered);
      case 429:
        return { kind: "limited", retryMs: retryAfterMs(headers, Date.now()) };
      default:
        return { kind: "fault", code: status >= 500 ? "service" : "unexpected", text: `Spotify answered ${status} ${coverSecrets(statusText, [accessToken])}`.trim() };
    }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return faultOf(error);
  }
}
