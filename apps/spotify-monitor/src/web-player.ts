import { HttpError } from "@vj/http";
import { messageOf } from "@vj/schema";
import { AccountsError } from "./accounts.ts";
import { askPlayer, faultOf, localAnswer } from "./ask-player.ts";
import type { TimedAnswer } from "./ask-player.ts";
import type { SpotifyConfig } from "./config.ts";
import type { PlayerAnswer } from "./player-answer.ts";
import { SignIn } from "./sign-in.ts";

/** Asks a player once. Never throws. */
export type Ask = (signal: AbortSignal) => Promise<TimedAnswer>;

/**
 * The Web API as a player, signed in by the token file.
 * @param onProblem gets what a person should know
 */
export function createWebPlayer(configDir: string, config: SpotifyConfig, onProblem: (problem: string) => void): Ask {
  const signIn = new SignIn(configDir, config, onProblem);

  const ask = async (signal: AbortSignal): Promise<TimedAnswer> => {
    const token = await signIn.read();
    if (token === undefined) return localAnswer(notSignedIn);
    if (token.client_id !== config.client_id) return signedOut("the sign-in belongs to another client_id: run vj spotify login");
    if (signIn.isRevoked(token)) return signedOut("the sign-in is no longer valid: run vj spotify login");
    const fresh = signIn.isFresh(token) ? token : await signIn.renew(token, signal);
    if (fresh === undefined) return localAnswer(notSignedIn);
    const first = await askPlayer(config.api_url, fresh.access_token, signal);
    if (first.answer.kind !== "unauthorized") return first;
    const renewed = await signIn.renew(fresh, signal);
    return renewed === undefined ? localAnswer(notSignedIn) : askPlayer(config.api_url, renewed.access_token, signal);
  };

  return async (signal) => {
    try {
      return await ask(signal);
    } catch (error) {
      return localAnswer(answerOf(error));
    }
  };
}

const notSignedIn: PlayerAnswer = { kind: "signed_out", revoked: false, text: "not signed in: run vj spotify login" };

function signedOut(text: string): TimedAnswer {
  return localAnswer({ kind: "signed_out", revoked: true, text });
}

function answerOf(error: unknown): PlayerAnswer {
  if (error instanceof AccountsError) {
    switch (error.code) {
      case "revoked":
        return { kind: "signed_out", revoked: true, text: `${error.message}: run vj spotify login` };
      case "client":
        return { kind: "refused", why: "app", text: error.message };
      case "limited":
        return { kind: "limited", retryMs: error.retryMs };
      case "unavailable":
        return { kind: "fault", code: "service", text: error.message };
      case "unexpected":
        return { kind: "fault", code: "unexpected", text: error.message };
    }
  }
  // Only the sign-in file can have failed otherwise.
  return error instanceof HttpError ? faultOf(error) : { kind: "fault", code: "sign_in", text: messageOf(error) };
}
