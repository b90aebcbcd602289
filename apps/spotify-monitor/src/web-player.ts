import { HttpError } from "@vj/http";
import { messageOf } from "@vj/schema";
import { AccountsError, refreshToken } from "./accounts.ts";
import { askPlayer } from "./ask-player.ts";
import type { TimedAnswer } from "./ask-player.ts";
import type { SpotifyConfig } from "./config.ts";
import type { PlayerAnswer } from "./player-answer.ts";
import { readToken, writeToken } from "./token-file.ts";
import type { Token } from "./token.ts";

/** Asks a player once. Never throws. */
export type Ask = (signal: AbortSignal) => Promise<TimedAnswer>;

/** Renewed this long before it ends, ms. */
const earlyMs = 60_000;

/**
 * The Web API as a player: signed in by the token file, which is read at every question, so that signing in and out count at once.
 * The token is renewed early, and once more when Spotify does not accept it.
 */
export function createWebPlayer(configDir: string, config: SpotifyConfig): Ask {
  /** The refresh token that Spotify takes no more: asking again would not help. */
  let revoked: string | undefined;

  const renew = async (token: Token, signal: AbortSignal): Promise<Token> => {
    try {
      const renewed = await refreshToken(config, token, signal);
      await writeToken(configDir, renewed);
      return renewed;
    } catch (error) {
      if (error instanceof AccountsError && error.code === "revoked") revoked = token.refresh_token;
      throw error;
    }
  };

  const ask = async (signal: AbortSignal): Promise<TimedAnswer> => {
    const token = readToken(configDir);
    if (token === undefined) return local({ kind: "signed_out", revoked: false, text: "not signed in: run vj spotify login" });
    if (token.client_id !== config.client_id) {
      return local({ kind: "signed_out", revoked: true, text: "the sign-in belongs to another client_id: run vj spotify login" });
    }
    if (token.refresh_token === revoked) {
      return local({ kind: "signed_out", revoked: true, text: "the sign-in counts no more: run vj spotify login" });
    }
    const fresh = token.expires_at - Date.now() > earlyMs ? token : await renew(token, signal);
    const first = await askPlayer(config.api_url, fresh.access_token, signal);
    if (first.answer.kind !== "unauthorized") return first;
    return askPlayer(config.api_url, (await renew(fresh, signal)).access_token, signal);
  };

  return async (signal) => {
    try {
      return await ask(signal);
    } catch (error) {
      return local(answerOf(error));
    }
  };
}

function answerOf(error: unknown): PlayerAnswer {
  if (error instanceof AccountsError) {
    switch (error.code) {
      case "revoked":
        return { kind: "signed_out", revoked: true, text: `${error.message}: run vj spotify login` };
      case "client":
        return { kind: "refused", why: "other", text: error.message };
      case "limited":
        return { kind: "limited", retryMs: error.retryMs };
      case "unavailable":
        return { kind: "fault", code: "service", text: error.message };
    }
  }
  if (error instanceof HttpError) {
    return { kind: "fault", code: error.code === "timeout" ? "timeout" : "offline", text: `Spotify cannot be reached: ${error.message}` };
  }
  return { kind: "fault", code: "unexpected", text: messageOf(error) };
}

function local(answer: PlayerAnswer): TimedAnswer {
  return { answer, at: performance.now() };
}
