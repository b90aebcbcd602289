import type { PlayerAnswer, PlayerFault, Refusal } from "./player-answer.ts";

/** State of the connection to Spotify, for programs; people read `reason` and `condition`. */
export type SpotifyState =
  | "no_credentials"
  | "signed_out"
  | "idle"
  | "playing"
  | "paused"
  | "premium_required"
  | "not_registered"
  | "refused"
  | "app_refused"
  | "rate_limited"
  | "offline"
  | "slow"
  | "cut"
  | "unavailable"
  | "unexpected"
  | "sign_in_unreadable";

export interface Status {
  readonly state: SpotifyState;
  /** In words; null when there is nothing to say. */
  readonly reason: string | null;
  /** Something that a person has set up does not work. */
  readonly degraded: boolean;
  /** What a person can do about it. */
  readonly todo: string | undefined;
}

/** `client_id` is not set. */
export const noCredentials: Status = {
  state: "no_credentials",
  reason: "no credentials: set client_id to that of your own app (its README says how), then run vj spotify login",
  degraded: false,
  todo: undefined,
};

/** One failure is not reported: the next request may succeed. */
const failuresToReport = 2;
const signIn = "vj spotify login";

type Advice = readonly [state: SpotifyState, todo: string];

const refusals: Readonly<Record<Refusal, Advice>> = {
  premium: ["premium_required", "the owner of the app needs Spotify Premium: https://www.spotify.com/premium"],
  not_registered: ["not_registered", "add this account at https://developer.spotify.com/dashboard, User Management"],
  scope: ["refused", signIn],
  app: ["app_refused", "vj config set spotify_monitor client_id=…"],
  other: ["refused", "see the README of spotify-monitor, Signing in"],
};

const faults: Readonly<Record<PlayerFault, Advice>> = {
  offline: ["offline", "check the network of this machine"],
  slow: ["slow", "wait, or check the network of this machine"],
  cut: ["cut", "wait; if it stays so, check proxies and firewalls on the way"],
  service: ["unavailable", "wait: the fault is at Spotify"],
  unexpected: ["unexpected", "sign in to this network with a browser if it wants that, else check api_url and accounts_url"],
  sign_in: ["sign_in_unreadable", signIn],
};

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
      const [state, todo] = refusals[answer.why];
      return { state, reason: answer.text, degraded: true, todo };
    }
    case "limited":
      return { state: "rate_limited", reason: `Spotify asked for a pause until ${clockOf(retryAt)}`, degraded: true, todo: "wait; a longer poll_interval asks less often" };
    case "unauthorized":
      return { state: "signed_out", reason: "Spotify does not accept the sign-in", degraded: true, todo: signIn };
    case "fault": {
      const [state, todo] = faults[answer.code];
      return { state, reason: `${answer.text}; next try at ${clockOf(retryAt)}`, degraded: failures >= failuresToReport, todo };
    }
  }
}

/** The time of day, on another day than today with its date. */
function clockOf(epochMs: number): string {
  const at = new Date(epochMs);
  const time = at.toTimeString().slice(0, 8);
  const two = (value: number): string => String(value).padStart(2, "0");
  return at.toDateString() === new Date().toDateString() ? time : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}
