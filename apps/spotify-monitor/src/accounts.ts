import { request, retryAfterMs } from "@vj/http";
import { cleanName } from "@vj/playback";
import { z } from "zod";
import type { SpotifyConfig } from "./config.ts";
import { coverSecrets } from "./cover-secrets.ts";
import { tokenFrom } from "./token.ts";
import type { Token } from "./token.ts";

/** `revoked`: the sign-in is no longer valid. `client`: the app is wrong. `limited`, `unavailable`: try again later. `unexpected`: something else answered. */
export type AccountsFault = "revoked" | "client" | "limited" | "unavailable" | "unexpected";

/** Spotify's accounts service gave no token. */
export class AccountsError extends Error {
  readonly code: AccountsFault;
  /** The pause that it asked for, ms; undefined when it gives no time. */
  readonly retryMs: number | undefined;

  constructor(code: AccountsFault, message: string, retryMs?: number) {
    super(message);
    this.name = "AccountsError";
    this.code = code;
    this.retryMs = retryMs;
  }
}

export type App = Pick<SpotifyConfig, "client_id" | "client_secret" | "accounts_url">;

const faultSchema = z.object({ error: z.string().max(200), error_description: z.string().max(2000).nullish() });

/**
 * Exchanges the code of a sign-in for a token (RFC 6749, 4.1.3; with PKCE, RFC 7636, where the app has no secret).
 * @throws AccountsError, HttpError
 */
export function exchangeCode(app: App, code: string, redirectUri: string, verifier: string): Promise<Token> {
  return askForToken(app, { grant_type: "authorization_code", code, redirect_uri: redirectUri, ...(app.client_secret === "" ? { code_verifier: verifier } : {}) });
}

/** Renews a token. The answer may contain another refresh token; the former is invalid then. @throws AccountsError, HttpError */
export function refreshToken(app: App, token: Token, signal?: AbortSignal): Promise<Token> {
  return askForToken(app, { grant_type: "refresh_token", refresh_token: token.refresh_token }, token, signal);
}

async function askForToken(app: App, form: Record<string, string>, before?: Token, signal?: AbortSignal): Promise<Token> {
  const { client_id, client_secret, accounts_url } = app;
  const answer = await request(`${accounts_url.replace(/\/+$/, "")}/api/token`, {
    method: "POST",
    redirect: "error",
    headers: {
      accept: "application/json",
      ...(client_secret === "" ? {} : { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}` }),
    },
    body: new URLSearchParams(client_secret === "" ? { ...form, client_id } : form),
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.status === 200) {
    const token = tokenFrom(answer.json, client_id, Date.now(), before);
    if (token === undefined) throw new AccountsError("unexpected", "what answered is not Spotify's accounts service: it gave no token; check accounts_url");
    return token;
  }
  const fault = faultSchema.safeParse(answer.json).data;
  const secrets = [client_secret, form["code"] ?? "", form["code_verifier"] ?? "", form["refresh_token"] ?? ""];
  const said = cleanName(coverSecrets(fault?.error_description ?? fault?.error ?? answer.statusText, secrets));
  if (fault?.error === "invalid_grant") throw new AccountsError("revoked", `the sign-in is no longer valid (${said})`);
  if (fault?.error === "invalid_client" || fault?.error === "unauthorized_client" || answer.status === 401) {
    throw new AccountsError("client", `Spotify does not accept the app (${said}); check client_id and client_secret`);
  }
  const retryMs = retryAfterMs(answer.headers, Date.now());
  const code = answer.status === 429 ? "limited" : answer.status >= 500 ? "unavailable" : "unexpected";
  throw new AccountsError(code, `Spotify's accounts service answered ${answer.status} ${said}`.trim(), retryMs);
}
