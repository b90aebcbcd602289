import { HttpError, request, retryAfterMs } from "@vj/http";
import type { HttpAnswer } from "@vj/http";
import { messageOf } from "@vj/schema";
import { SourceError } from "./lyrics-source.ts";
import type { Asking } from "./lyrics-source.ts";

export interface ServiceOptions {
  /** For example `https://lrclib.net`. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly userAgent: string;
}

/** A web service that knows lyrics. A pause that it asks for is kept, unless a person makes the request. */
export class LyricsService {
  readonly name: string;
  readonly #options: () => ServiceOptions;
  /** End of the pause that it asked for, ms of the monotonic clock. */
  #notBefore = 0;

  /** @param options read anew for each question, so that a changed setting counts */
  constructor(name: string, options: () => ServiceOptions) {
    this.name = name;
    this.#options = options;
  }

  get url(): string {
    return this.#options().url;
  }

  /**
   * Asks it once.
   * @returns its answer as JSON, undefined when that is not JSON; undefined too when it has no such song (404).
   * @throws SourceError with the reason why there is no answer: no network, no answer in time, an error of the service.
   */
  async ask(path: string, parameters: Readonly<Record<string, string>>, { signal, byHand }: Asking): Promise<unknown> {
    const { url, timeoutMs, userAgent } = this.#options();
    const waitMs = this.#notBefore - performance.now();
    if (!byHand && waitMs > 0) throw new SourceError(`${url} asked for a pause; ${Math.ceil(waitMs / 1000)} s are left`, { retryMs: waitMs });
    const answer = await this.#request(addressOf(url, path, parameters), { headers: { "user-agent": userAgent, accept: "application/json" }, timeoutMs, maxBytes, signal });
    if (answer.status === 404) return undefined;
    if (answer.status >= 200 && answer.status <= 299) return answer.json ?? null;
    const retryMs = retryAfterMs(answer.headers, Date.now());
    if (retryMs !== undefined) this.#notBefore = performance.now() + retryMs;
    throw new SourceError(`cannot get lyrics from ${url}: it answered ${`${answer.status} ${answer.statusText}`.trim()}`, { retryMs });
  }

  async #request(url: URL, options: Parameters<typeof request>[1]): Promise<HttpAnswer> {
    try {
      return await request(url, options);
    } catch (error) {
      if (error instanceof HttpError && error.code === "cancelled") throw new SourceError("cancelled: a newer song was requested", { cause: error });
      throw new SourceError(`cannot get lyrics from ${this.url}: ${messageOf(error)}`, { cause: error });
    }
  }
}

/** A search answers with the lyrics of all versions. */
const maxBytes = 4_194_304;

function addressOf(base: string, path: string, parameters: Readonly<Record<string, string>>): URL {
  const url = new URL(`${base.replace(/\/+$/, "")}${path}`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}
