import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { cleanName } from "@vj/playback";
import { CodedError, messageOf } from "@vj/schema";
import { explainTakenPort } from "@vj/telemetry";
import { exchangeCode } from "./accounts.ts";
import type { SpotifyConfig } from "./config.ts";
import { loginPage } from "./login-page.ts";
import { scopes } from "./token.ts";
import type { Token } from "./token.ts";

/** `settings`: the address that Spotify sends the browser to; `port`: it cannot be listened on; `no_answer`: nobody signed in; `refused`: by Spotify or the person. */
export type LoginErrorCode = "settings" | "port" | "no_answer" | "refused" | "cancelled";

/** Signing in did not work; the message says why and what to do. */
export class LoginError extends CodedError<LoginErrorCode> {
  override readonly name: string = "LoginError";
}

/** The sign-in to make, and its limits. */
export interface LoginOptions {
  readonly config: SpotifyConfig;
  /** Given the address to open in a browser, once the answer is waited for. */
  onAddress(address: string): void;
  /** Gives up. */
  readonly signal?: AbortSignal;
  /** Default 5 min. */
  readonly timeoutMs?: number;
}

/**
 * Signs in: a browser asks the person at Spotify, and Spotify sends the browser back to this machine (RFC 8252: loopback redirect;
 * RFC 7636: PKCE, unless the app has a secret). Keeps nothing: that is the caller's part.
 * @throws LoginError
 */
export async function login({ config, onAddress, signal, timeoutMs = 300_000 }: LoginOptions): Promise<Token> {
  const redirect = redirectOf(config);
  const verifier = randomBytes(48).toString("base64url");
  const state = randomBytes(24).toString("base64url");
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000 });
  try {
    redirect.port = String(await listen(server, redirect));
    onAddress(authorizeAddress(config, redirect.href, state, verifier));
    const gone = AbortSignal.timeout(timeoutMs);
    return await answered(server, {
      redirect,
      state,
      signal: signal === undefined ? gone : AbortSignal.any([signal, gone]),
      exchange: (code) => exchangeCode(config, code, redirect.href, verifier),
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Where the browser is sent back to. @throws LoginError for an address that Spotify refuses. */
function redirectOf({ redirect_uri, redirect_port }: SpotifyConfig): URL {
  const url = new URL(redirect_uri);
  if (url.hostname !== "127.0.0.1" && url.hostname !== "[::1]") {
    throw new LoginError("settings", `redirect_uri is ${redirect_uri}: Spotify refuses names such as localhost; register and set http://127.0.0.1:8888/callback`);
  }
  if (url.protocol !== "http:") throw new LoginError("settings", `redirect_uri is ${redirect_uri}: on this machine it must begin with http://`);
  if (url.port === "") url.port = String(redirect_port);
  return url;
}

function authorizeAddress({ accounts_url, client_id, client_secret }: SpotifyConfig, redirectUri: string, state: string, verifier: string): string {
  const url = new URL(`${accounts_url.replace(/\/+$/, "")}/authorize`);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  url.search = new URLSearchParams({
    response_type: "code",
    client_id,
    redirect_uri: redirectUri,
    scope: scopes.join(" "),
    state,
    ...(client_secret === "" ? { code_challenge_method: "S256", code_challenge: challenge } : {}),
  }).toString();
  return url.href;
}

async function listen(server: Server, { hostname, port: given }: URL): Promise<number> {
  // Port 80 is what a URL leaves out.
  const port = given === "" ? 80 : Number(given);
  try {
    const listening = once(server, "listening");
    server.listen({ host: hostname.replaceAll(/[[\]]/g, ""), port });
    await listening;
  } catch (error) {
    throw new LoginError("port", await refusal(error, port), { cause: error });
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

async function refusal(error: unknown, port: number): Promise<string> {
  if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) return `cannot wait for Spotify's answer: ${messageOf(error)}`;
  return explainTakenPort({ protocol: "tcp", port, change: (free) => `vj config set spotify_monitor redirect_port=${free}, and register that at Spotify` });
}

/** What the answer must be like, and what a code is good for. */
interface ExpectedAnswer {
  readonly redirect: URL;
  readonly state: string;
  readonly signal: AbortSignal;
  exchange(code: string): Promise<Token>;
}

/** Waits for the browser with our state; whatever else calls is sent away and changes nothing. */
function answered(server: Server, { redirect, state, signal, exchange }: ExpectedAnswer): Promise<Token> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new LoginError("no_answer", "nobody signed in; run it again when you are ready")), { once: true });
    let taken = false;
    server.on("request", (incoming: IncomingMessage, response: ServerResponse) => {
      // `//` and the like are not addresses, and may be asked for by any program of this machine.
      const url = URL.canParse(incoming.url ?? "/", redirect.href) ? new URL(incoming.url ?? "/", redirect) : undefined;
      if (incoming.method !== "GET" || url?.pathname !== redirect.pathname) return page(response, 404, "There is nothing here.");
      if (taken || !isSame(url.searchParams.get("state") ?? "", state)) {
        return page(response, 400, "This answer does not belong to a sign-in that was begun here. Begin again with: vj spotify login");
      }
      taken = true;
      finish(url.searchParams, exchange).then(
        (token) => page(response, 200, "Signed in. This page can be closed.", () => resolve(token)),
        (error: unknown) => page(response, 400, `Not signed in: ${messageOf(error)}`, () => reject(error)),
      );
    });
    if (signal.aborted) reject(new LoginError("cancelled", "cancelled"));
  });
}

async function finish(answer: URLSearchParams, exchange: ExpectedAnswer["exchange"]): Promise<Token> {
  const error = answer.get("error");
  if (error === "access_denied") throw new LoginError("refused", "it was declined at Spotify");
  if (error !== null) throw new LoginError("refused", `Spotify answered: ${cleanName(error)}`);
  const code = answer.get("code") ?? "";
  if (code === "") throw new LoginError("refused", "Spotify's answer holds no code");
  try {
    return await exchange(code);
  } catch (cause) {
    throw new LoginError("refused", messageOf(cause), { cause });
  }
}

/** @param done called once the page is on its way, or nobody is there to get it. */
function page(response: ServerResponse, status: number, text: string, done?: () => void): void {
  if (done !== undefined) response.once("close", done);
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", connection: "close" }).end(loginPage(text));
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
