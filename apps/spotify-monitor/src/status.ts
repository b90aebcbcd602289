import type { PlayerAnswer } from "./player-answer.ts";

/** How it stands with Spotify, for programs; `reason` and `condition` say it to people. */
export type SpotifyState =
  | "no_credentials"
  | "signed_out"
  | "idle"
  | "playing"
  | "paused"
  | "premium_required"
  | "not_registered"
  | "refused"
  | "rate_limited"
  | "offline"
  | "unavailable";

export interface Status {
  readonly state: SpotifyState;
  /** In words; null when there is nothing to say. */
  readonly reason: string | null;
  /** It does not do what somebody signed in for. */
  readonly degraded: boolean;
  /** What a person can do about it. */
  readonly todo: string | undefined;
}

/** Nobody gave it an app to sign in with. */
export const noCredentials: Status = {
  state: "no_credentials",
  reason: "no credentials: set client_id to that of your own app (its README says how), then run vj spotify login",
  degraded: false,
  todo: undefined,
};

/** One failure is not reported: the next request may succeed. */
const failuresToReport = 2;
const signIn = "vj spotify login";

/** @param retryAt when Spotify is asked again, epoch ms. @param failures in a row */
export function statusOf(answer: PlayerAnswer, retryAt: number, failures: number): Status {
  const well = { degraded: false, todo: undefined };
  switch (answer.kind) {
    case "player":
      return { ...well, state: answer.playing ? "playing" : "paused", reason: answer.note ?? null };
    case "nothing":
      return { ...well, state: "idle", reason: "nothing plays on Spotify" };
    case "signed_out":
      return { state: "signed_out", reason: answer.text, degraded: answer.revoked, todo: answer.revoked ? signIn : undefined };
    case "refused": {
      const state = answer.why === "premium" ? "premium_required" : answer.why === "not_registered" ? "not_registered" : "refused";
      return { state, reason: answer.text, degraded: true, todo: answer.why === "scope" ? signIn : "see the README of spotify-monitor, Signing in" };
    }
    case "limited":
      return { state: "rate_limited", reason: `Spotify wants no questions until ${clockOf(retryAt)}`, degraded: true, todo: undefined };
    case "unauthorized":
      return { state: "signed_out", reason: "Spotify does not accept the sign-in", degraded: true, todo: signIn };
    case "fault":
      return {
        state: answer.code === "offline" || answer.code === "timeout" ? "offline" : "unavailable",
        reason: `${answer.text}; next try at ${clockOf(retryAt)}`,
        degraded: failures >= failuresToReport,
        todo: undefined,
      };
  }
}

function clockOf(epochMs: number): string {
  return new Date(epochMs).toTimeString().slice(0, 8);
}
