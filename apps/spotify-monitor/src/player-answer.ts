import { cleanName, cleanTrack } from "@vj/playback";
import type { Track } from "@vj/playback";
import { z } from "zod";

/** Why Spotify refuses: by status 403, and `app` by its accounts service. */
export type Refusal = "premium" | "not_registered" | "scope" | "app" | "other";

/**
 * Why there is no answer. `offline`: Spotify cannot be reached. `slow`: not in time. `cut`: the connection ended within the answer.
 * `service`: a fault of Spotify (5xx). `unexpected`: something else answered. `sign_in`: the sign-in of this machine cannot be read.
 */
export type PlayerFault = "offline" | "slow" | "cut" | "service" | "unexpected" | "sign_in";

/** The result of one question for the playback state. */
export type PlayerAnswer =
  | {
      readonly kind: "player";
      /** Undefined: an advertisement, or something that Spotify does not name. */
      readonly track: Track | undefined;
      /** What is unusual about it, for a person: a podcast, a local file, an advertisement, a private session. */
      readonly note: string | undefined;
      readonly id: string;
      /** Seconds. */
      readonly seconds: number;
      readonly playing: boolean;
      /** The device that plays. */
      readonly device: string;
    }
  | { readonly kind: "nothing" }
  /** Nobody is signed in. `revoked`: Spotify no longer accepts an earlier sign-in. */
  | { readonly kind: "signed_out"; readonly revoked: boolean; readonly text: string }
  /** The access token is not accepted (401): it may be renewed. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "refused"; readonly why: Refusal; readonly text: string }
  /** Spotify asked for a pause of `retryMs`, ms; undefined when it gives no time. */
  | { readonly kind: "limited"; readonly retryMs: number | undefined }
  | { readonly kind: "fault"; readonly code: PlayerFault; readonly text: string };

/** Longest position, seconds: a day. */
const longestSeconds = 86_400;
const longestName = 10_000;
const mostArtists = 1000;
const text = z.string().transform((value) => value.slice(0, longestName)).nullish();
/** What is only shown beside a track: of another type, it counts as missing, and the track is still shown. */
const aside = text.catch(undefined);
const flag = z.boolean().nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);
const named = z.object({ name: aside }).nullish().catch(undefined);
const itemSchema = z.object({
  name: text,
  id: aside,
  uri: aside,
  type: aside,
  is_local: flag,
  duration_ms: count,
  artists: z.array(z.unknown()).transform((list) => list.slice(0, mostArtists).map((one) => named.parse(one))).nullish().catch(undefined),
  album: named,
  show: z.object({ name: aside, publisher: aside }).nullish().catch(undefined),
});
const playerSchema = z.object({
  is_playing: z.boolean(),
  progress_ms: count,
  currently_playing_type: aside,
  device: z.object({ name: aside, is_private_session: flag }).nullish().catch(undefined),
  item: itemSchema.nullish(),
});
const errorSchema = z.object({ error: z.object({ message: aside, reason: aside }) });

/** Reads the body of `GET /v1/me/player` with status 200. @returns a fault when the body is not a player state. */
export function readPlayer(body: unknown): PlayerAnswer {
  const { data } = playerSchema.safeParse(body);
  if (data === undefined) return { kind: "fault", code: "unexpected", text: "what answered is not Spotify: it gave no playback state" };
  const { item, device } = data;
  const track = item === null || item === undefined ? undefined : trackOf(item);
  return {
    kind: "player",
    track,
    note: noteOf(data),
    id: item?.uri ?? item?.id ?? "",
    seconds: Math.min(longestSeconds, Math.max(0, (data.progress_ms ?? 0) / 1000)),
    playing: data.is_playing,
    device: cleanName(device?.name ?? ""),
  };
}

function trackOf({ name: title, artists, album, show, duration_ms: duration }: z.output<typeof itemSchema>): Track | undefined {
  // A podcast has a show in place of artists and album.
  const names = artists?.map((one) => one?.name ?? "") ?? [show?.name ?? show?.publisher ?? ""];
  return cleanTrack({ artists: names, title: title ?? "", album: album?.name ?? "", duration: (duration ?? 0) / 1000 });
}

function noteOf({ currently_playing_type: type, item, device }: z.output<typeof playerSchema>): string | undefined {
  if (type === "ad") return "an advertisement plays";
  if (item?.type === "episode" || type === "episode") return "a podcast plays";
  if (item?.is_local === true) return "a local file plays; Spotify knows only its tags";
  if (item === null || item === undefined) {
    return device?.is_private_session === true
      ? "a private session: Spotify does not say what plays; end it in Spotify's menu"
      : "Spotify does not say what plays";
  }
  return device?.is_private_session === true ? "a private session" : undefined;
}

/**
 * What a refusal (403) is about, by the words that Spotify uses.
 * @param body as JSON; undefined when it is not @param plain the body as text: of some refusals it is one sentence
 */
export function readRefusal(body: unknown, plain = ""): PlayerAnswer {
  const error = errorSchema.safeParse(body).data?.error;
  const said = cleanName(error?.message ?? (body === undefined && !plain.includes("<") ? plain : ""));
  const words = `${said} ${error?.reason ?? ""}`.toLowerCase();
  if (words.includes("premium")) {
    return { kind: "refused", why: "premium", text: "since 2026 Spotify wants the owner of the app to have Premium" };
  }
  if (words.includes("regist") || words.includes("developer dashboard")) {
    return { kind: "refused", why: "not_registered", text: "this account is not on the list of users of the app; add it at developer.spotify.com, User Management" };
  }
  if (words.includes("scope")) return { kind: "refused", why: "scope", text: "a permission is missing; sign in again with: vj spotify login" };
  return { kind: "refused", why: "other", text: said === "" ? "Spotify refuses to answer" : `Spotify refuses: ${said}` };
}
