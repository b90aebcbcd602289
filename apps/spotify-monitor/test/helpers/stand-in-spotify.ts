import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** Answers one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Answer => (response) =>
  void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));

export const status = (code: number, headers: Record<string, string> = {}): Answer => (response) => void response.writeHead(code, headers).end();

/** The playback state as the Web API gives it. */
export function playback(changes: { item?: unknown; [key: string]: unknown } = {}): Record<string, unknown> {
  return {
    device: { id: "d1", is_active: true, is_private_session: false, name: "Booth", type: "Computer", volume_percent: 100 },
    shuffle_state: false,
    repeat_state: "off",
    timestamp: 1_700_000_000_000,
    context: null,
    progress_ms: 30_000,
    currently_playing_type: "track",
    is_playing: true,
    item: song(),
    ...changes,
  };
}

/** A track as the Web API gives it. */
export function song(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: "track",
    id: "4uLU6hMCjMI75M1A2tKUQC",
    uri: "spotify:track:4uLU6hMCjMI75M1A2tKUQC",
    name: "Get Lucky (feat. Pharrell Williams)",
    artists: [{ name: "Daft Punk" }, { name: "Pharrell Williams" }],
    album: { name: "Random Access Memories" },
    duration_ms: 248_413,
    is_local: false,
    ...changes,
  };
}

/**
 * A server in the place of Spotify's accounts service and Web API. It checks what clients send: the client, PKCE, that a refresh
 * token is used once, that an access token is one of its own and not over.
 */
export class StandInSpotify {
  url = "";
  player: Answer = status(204);
  /** Lifetime of its access tokens, seconds. */
  expiresIn = 3600;
  scope = "user-read-playback-state user-read-currently-playing playlist-read-private playlist-read-collaborative";
  /** Answers in place of the accounts service, when set. */
  accounts: Answer | undefined;
  /** Awaited before a token is given, when set. */
  beforeToken: (() => Promise<void>) | undefined;
  readonly questions: number[] = [];
  readonly forms: URLSearchParams[] = [];
  readonly authorizations: (string | undefined)[] = [];
  /** Every secret that it gave away. */
  readonly secrets: string[] = [];
  /** What people got to see: at the end of the test no secret is in it. */
  readonly seen: string[] = [];
  readonly #codes = new Map<string, { challenge: string; redirectUri: string }>();
  readonly #access = new Set<string>();
  readonly #refresh = new Set<string>();

  static async start(): Promise<StandInSpotify> {
    const spotify = new StandInSpotify();
    const server = createServer((request, response) => void spotify.#answer(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(async () => {
      const leaks = [...spotify.secrets, "my-secret"].filter((secret) => spotify.seen.some((text) => text.includes(secret)));
      if (leaks.length > 0) throw new Error(`people got to see: ${leaks.join(", ")}`);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const bound = server.address();
    spotify.url = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`;
    return spotify;
  }

  /** What a person who agrees makes of the address: the address that the browser is sent back to. */
  consent(address: string): string {
    const asked = new URL(address).searchParams;
    const redirect = new URL(asked.get("redirect_uri") ?? "");
    const code = this.#secret();
    this.#codes.set(code, { challenge: asked.get("code_challenge") ?? "", redirectUri: redirect.href });
    redirect.searchParams.set("code", code);
    redirect.searchParams.set("state", asked.get("state") ?? "");
    return redirect.href;
  }

  /** A token as it is kept after signing in. */
  token(expiresAt = Date.now() + 3_600_000): Record<string, unknown> {
    const { access_token, refresh_token } = this.#grant();
    return { client_id: "my-app", access_token, refresh_token, expires_at: expiresAt, scope: this.scope };
  }

  /** From now on nobody is signed in. */
  revoke(): void {
    this.#access.clear();
    this.#refresh.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "", this.url);
    this.authorizations.push(request.headers.authorization);
    if (pathname === "/api/token" && request.method === "POST") return this.#tokens(request, response);
    if (pathname !== "/v1/me/player") return status(404)(response, request);
    this.questions.push(performance.now());
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    if (!this.#access.has(token)) return json({ error: { status: 401, message: "The access token expired" } }, 401)(response, request);
    this.player(response, request);
  }

  async #tokens(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
    const form = new URLSearchParams(body);
    this.forms.push(form);
    await this.beforeToken?.();
    if (this.accounts !== undefined) return this.accounts(response, request);
    const plain = request.headers.authorization === `Basic ${Buffer.from("my-app:my-secret").toString("base64")}`;
    if (!plain && form.get("client_id") !== "my-app") return json({ error: "invalid_client" }, 400)(response, request);
    if (!this.#accepts(form, plain)) return json({ error: "invalid_grant", error_description: "Refresh token revoked" }, 400)(response, request);
    json({ ...this.#grant(), token_type: "Bearer", expires_in: this.expiresIn, scope: this.scope })(response, request);
  }

  #accepts(form: URLSearchParams, plain: boolean): boolean {
    if (form.get("grant_type") === "refresh_token") return this.#refresh.delete(form.get("refresh_token") ?? "");
    const known = this.#codes.get(form.get("code") ?? "");
    if (known === undefined || form.get("redirect_uri") !== known.redirectUri) return false;
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    return plain ? known.challenge === "" : challenge === known.challenge;
  }

  #grant(): { access_token: string; refresh_token: string } {
    const grant = { access_token: this.#secret(), refresh_token: this.#secret() };
    this.#access.add(grant.access_token);
    this.#refresh.add(grant.refresh_token);
    return grant;
  }

  #secret(): string {
    const secret = `SECRET${randomBytes(24).toString("hex")}`;
    this.secrets.push(secret);
    return secret;
  }
}
