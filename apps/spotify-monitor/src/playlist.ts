import { HttpError, request, retryAfterMs } from "@vj/http";
import { cleanTrack } from "@vj/playback";
import type { Track } from "@vj/playback";
import { CodedError } from "@vj/schema";
import { z } from "zod";
import { AccountsError } from "./accounts.ts";
import { readSettings } from "./config.ts";
import { SignIn } from "./sign-in.ts";

/** `sign_in`: there is none, or it is not valid any more; `busy`: try again later; `unavailable`: Spotify cannot be reached, or its answer is not one. */
export type PlaylistErrorCode = "sign_in" | "not_allowed" | "not_found" | "busy" | "unavailable" | "cancelled";

/** A playlist could not be read; the message says why and what to do. */
export class PlaylistError extends CodedError<PlaylistErrorCode> {
  override readonly name: string = "PlaylistError";
}

/** Whose playlist is read. */
export interface PlaylistOptions {
  /** Where settings and sign-in are. */
  readonly configDir: string;
  readonly signal?: AbortSignal;
}

const perPage = 50;
const mostTracks = 2000;

const itemSchema = z.looseObject({
  name: z.string(),
  artists: z.array(z.looseObject({ name: z.string() })),
  album: z.looseObject({ name: z.string() }).nullish(),
  duration_ms: z.number().nullish(),
});
/** Before February 2026 an entry had its track under `track`. */
const pageSchema = z.looseObject({
  items: z.array(z.looseObject({ item: itemSchema.nullish().catch(null), track: itemSchema.nullish().catch(null) })),
  next: z.string().nullish(),
});

const playlistPlace = /(?:open\.spotify\.com\/(?:intl-[a-z-]+\/)?playlist\/|spotify:playlist:)([A-Za-z0-9]{10,40})/;

/** The id in the address of a playlist, or in its `spotify:` name; undefined for anything else. */
export function playlistId(text: string): string | undefined {
  return playlistPlace.exec(text)?.[1];
}

/**
 * Reads the tracks of a playlist with the sign-in of this machine. Podcasts and what was removed are left out.
 * @param id as {@link playlistId} gives it @throws PlaylistError
 */
export async function readPlaylist(id: string, options: PlaylistOptions): Promise<Track[]> {
  const { api_url } = readSettings(options.configDir);
  const tracks: Track[] = [];
  for (let offset = 0; offset < mostTracks; offset += perPage) {
    const page = await readPage(`${api_url.replace(/\/+$/, "")}/v1/playlists/${id}/items?limit=${perPage}&offset=${offset}`, await accessToken(options), options);
    tracks.push(...page.items.flatMap(({ item, track }) => toTrack(item ?? track)));
    if (page.next === null || page.next === undefined) break;
  }
  return tracks;
}

function toTrack(item: z.output<typeof itemSchema> | null | undefined): Track[] {
  if (item === null || item === undefined) return [];
  const track = cleanTrack({ artists: item.artists.map(({ name }) => name), title: item.name, album: item.album?.name, duration: (item.duration_ms ?? 0) / 1000 });
  return track === undefined || track.artist === "" ? [] : [track];
}

async function readPage(url: string, token: string, { signal }: PlaylistOptions): Promise<z.output<typeof pageSchema>> {
  const answer = await asked(request(url, { headers: { authorization: `Bearer ${token}`, accept: "application/json" }, redirect: "error", maxBytes: 8 * 1_048_576, ...(signal === undefined ? {} : { signal }) }));
  if (answer.status === 200) {
    const page = pageSchema.safeParse(answer.json).data;
    if (page !== undefined) return page;
    throw new PlaylistError("not_allowed", "Spotify gives no tracks of this playlist: since 2026 it shows an app only the playlists that are your own or that you share");
  }
  if (answer.status === 401) throw new PlaylistError("sign_in", "Spotify does not accept the sign-in any more: run vj spotify login");
  if (answer.status === 403) throw new PlaylistError("not_allowed", "Spotify does not let this app read the playlist: it must be your own, and the owner of the app needs Premium");
  if (answer.status === 404) throw new PlaylistError("not_found", "Spotify has no such playlist, or it is not yours: check its address");
  if (answer.status === 429) throw new PlaylistError("busy", `Spotify asked for a pause: try again in ${Math.ceil((retryAfterMs(answer.headers, Date.now()) ?? 30_000) / 1000)} s`);
  throw new PlaylistError("unavailable", `Spotify answered ${answer.status} ${answer.statusText}`.trim());
}

async function accessToken({ configDir, signal }: PlaylistOptions): Promise<string> {
  const settings = readSettings(configDir);
  let problem = "";
  const signIn = new SignIn(configDir, settings, (text) => (problem = text));
  const token = await signIn.read();
  if (token === undefined || token.client_id !== settings.client_id) throw notSignedIn();
  if (signIn.isFresh(token)) return token.access_token;
  const renewed = await asked(signIn.renew(token, signal));
  if (problem !== "") throw new PlaylistError("sign_in", problem);
  if (renewed === undefined) throw notSignedIn();
  return renewed.access_token;
}

function notSignedIn(): PlaylistError {
  return new PlaylistError("sign_in", "not signed in to Spotify: run vj spotify login");
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HttpError && error.code === "cancelled") throw new PlaylistError("cancelled", "cancelled", { cause: error });
    if (error instanceof HttpError) throw new PlaylistError("unavailable", `Spotify cannot be reached: ${error.message}`, { cause: error });
    if (error instanceof AccountsError) throw new PlaylistError("sign_in", `${error.message}: run vj spotify login`, { cause: error });
    throw error;
  }
}
