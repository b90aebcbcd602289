import { z } from "zod";

/** The permissions that the worker needs, with Spotify's names. */
export const scopes = ["user-read-playback-state", "user-read-currently-playing", "playlist-read-private", "playlist-read-collaborative"] as const;

const text = z.string().min(1).max(8192);
/** RFC 6749, appendix A: printable ASCII. Another character could not be sent. */
const secret = text.regex(/^[\u0020-\u007e]+$/);

/** The stored data of a sign-in. */
export const tokenSchema = z.object({
  /** The app that it belongs to; another app cannot use it. */
  client_id: text,
  access_token: secret,
  refresh_token: secret,
  /** Epoch ms. */
  expires_at: z.number(),
  /** Separated by blanks. */
  scope: z.string().max(2000),
});
export type Token = z.output<typeof tokenSchema>;

const answerSchema = z.object({
  access_token: secret,
  refresh_token: secret.nullish(),
  expires_in: z.number().positive().max(10_000_000),
  scope: z.string().max(2000).nullish(),
});

/**
 * A token from the answer of `/api/token`.
 * @param before values that the answer may omit: a refresh may keep the refresh token and the scopes.
 * @param now epoch ms. @returns undefined when the answer has no token.
 */
export function tokenFrom(answer: unknown, clientId: string, now: number, before?: Token): Token | undefined {
  const { data } = answerSchema.safeParse(answer);
  const refreshToken = data?.refresh_token ?? before?.refresh_token;
  if (data === undefined || refreshToken === undefined) return undefined;
  return {
    client_id: clientId,
    access_token: data.access_token,
    refresh_token: refreshToken,
    expires_at: now + data.expires_in * 1000,
    scope: data.scope ?? before?.scope ?? "",
  };
}

/** The requested scopes that were not granted. Empty if Spotify does not report them. */
export function missingScopes({ scope }: Token): string[] {
  const given = scope.split(" ").filter((word) => word !== "");
  return given.length === 0 ? [] : scopes.filter((wanted) => !given.includes(wanted));
}
