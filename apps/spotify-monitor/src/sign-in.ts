import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@vj/schema";
import { AccountsError, refreshToken } from "./accounts.ts";
import type { App } from "./accounts.ts";
import { readToken, writeToken } from "./token-file.ts";
import type { Token } from "./token.ts";

/** Renewed this long before it ends, ms. */
const earlyMs = 60_000;

/**
 * The sign-in of this machine. Its file is read at every question, so that signing in and out count at once; it is renewed early. What a
 * person does meanwhile wins: a renewal never brings back a sign-in that was forgotten or replaced while Spotify was asked.
 */
export class SignIn {
  readonly #configDir: string;
  readonly #app: App;
  readonly #onProblem: (problem: string) => void;
  /** The refresh token that Spotify no longer accepts: asking again would not help. */
  #revoked: string | undefined;
  /** A renewed token that could not be saved yet, and the refresh token in whose place it came: Spotify may know only the new one. */
  #unsaved: { readonly token: Token; readonly instead: string } | undefined;
  #problem = "";

  /** @param onProblem gets what a person should know */
  constructor(configDir: string, app: App, onProblem: (problem: string) => void) {
    this.#configDir = configDir;
    this.#app = app;
    this.#onProblem = onProblem;
  }

  /** @returns undefined when nobody is signed in. @throws Error when the file cannot be read. */
  async read(): Promise<Token | undefined> {
    return this.#unsaved === undefined ? readToken(this.#configDir) : this.#keep(this.#unsaved.token, this.#unsaved.instead);
  }

  isFresh({ expires_at }: Token): boolean {
    return expires_at - Date.now() > earlyMs;
  }

  /** Whether Spotify no longer accepts this sign-in. */
  isRevoked({ refresh_token }: Token): boolean {
    return refresh_token === this.#revoked;
  }

  /**
   * Renews a token and keeps it.
   * @returns the sign-in that counts now: another one, or none, when somebody signed in or out meanwhile.
   * @throws AccountsError, HttpError
   */
  async renew(token: Token, signal?: AbortSignal): Promise<Token | undefined> {
    try {
      return await this.#keep(await refreshToken(this.#app, token, signal), this.#unsaved?.instead ?? token.refresh_token);
    } catch (error) {
      if (!(error instanceof AccountsError) || error.code !== "revoked") throw error;
      const other = await this.#renewedElsewhere(token, signal);
      if (other !== undefined) return other;
      this.#revoked = token.refresh_token;
      throw error;
    }
  }

  /** Each refresh token is taken once: another process, such as `vj prepare`, may have used it, and writes what it got just now. */
  async #renewedElsewhere(token: Token, signal: AbortSignal | undefined): Promise<Token | undefined> {
    for (const waitMs of [0, 200, 800]) {
      await delay(waitMs, undefined, signal === undefined ? {} : { signal }).catch(() => {});
      const kept = readToken(this.#configDir);
      if (kept !== undefined && kept.client_id === token.client_id && kept.refresh_token !== token.refresh_token) return kept;
    }
    return undefined;
  }

  async #keep(token: Token, instead: string): Promise<Token | undefined> {
    try {
      const kept = readToken(this.#configDir);
      this.#unsaved = undefined;
      if (kept?.refresh_token !== instead) return kept;
      await writeToken(this.#configDir, token);
      this.#problem = "";
    } catch (error) {
      this.#unsaved = { token, instead };
      const problem = `the renewed sign-in cannot be kept, and counts until the end of this process: ${messageOf(error)}`;
      if (problem !== this.#problem) this.#onProblem(problem);
      this.#problem = problem;
    }
    return token;
  }
}
