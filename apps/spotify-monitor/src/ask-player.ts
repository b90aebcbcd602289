import { HttpError, request, retryAfterMs } from "@vj/http";
import { readPlayer, readRefusal } from "./player-answer.ts";
import type { PlayerAnswer } from "./player-answer.ts";

/** An answer, and the moment for which it holds: milliseconds of the monotonic clock. */
export interface TimedAnswer {
  readonly answer: PlayerAnswer;
  readonly at: number;
}

/**
 * Asks the Web API once what plays: `GET /v1/me/player`.
 */
export async function askPlayer(apiUrl: string, accessToken: string, signal: AbortSignal): Promise<TimedAnswer> {
  const askedAt = performance.now();
  const answer = await ask(apiUrl, accessToken, signal);
  // The position was true somewhere between question and answer.
  return { answer, at: (askedAt + performance.now()) / 2 };
}

async function ask(apiUrl: string, accessToken: string, signal: AbortSignal): Promise<PlayerAnswer> {
  try {
    const { status, statusText, headers, json } = await request(`${apiUrl.replace(/\/+$/, "")}/v1/me/player?additional_types=track,episode`, {
      headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
      redirect: "error",
      signal,
    });
    switch (status) {
      case 200:
        return readPlayer(json);
      case 204:
        return { kind: "nothing" };
      case 401:
        return { kind: "unauthorized" };
      case 403:
        return readRefusal(json);
      case 429:
        return { kind: "limited", retryMs: retryAfterMs(headers, Date.now()) };
      default:
        return { kind: "fault", code: status >= 500 ? "service" : "unexpected", text: `Spotify answered ${status} ${statusText}`.trim() };
    }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const code = error.code === "timeout" ? "timeout" : error.code === "too_large" ? "unexpected" : "offline";
    return { kind: "fault", code, text: `Spotify cannot be reached: ${error.message}` };
  }
}
