import { parseJson } from "@vj/schema";
import { HttpError } from "./http-error.ts";

export interface RequestOptions {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  /** Limit for the whole answer, body included. Default 10 s. */
  readonly timeoutMs?: number;
  /** Longest body, after decompression. Default 1 MiB. */
  readonly maxBytes?: number;
  /** Use `error` when the request contains a secret, which another address must not get. Default `follow`. */
  readonly redirect?: "follow" | "error";
  /** Cancels at once. */
  readonly signal?: AbortSignal;
}

/** The whole answer of a service, of any status. */
export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is empty or not JSON, such as the web page of a proxy. */
  readonly json: unknown;
}

/**
 * Sends one request.
 * @throws HttpError when there is no whole answer; its `code` gives the reason. No error contains the address, which may
 * hold a secret.
 */
export async function request(url: string | URL, options: RequestOptions = {}): Promise<HttpAnswer> {
  const { timeoutMs = 10_000, maxBytes = 1_048_576, redirect = "follow", signal, ...init } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  let answered = false;
  try {
    const response = await fetch(url, { ...init, redirect, signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) });
    answered = true;
    const text = await readBody(response, maxBytes);
    return { status: response.status, statusText: response.statusText, headers: response.headers, text, json: parseJson(text) };
  } catch (error) {
    if (error instanceof HttpError) throw error;
    if (signal?.aborted === true) throw new HttpError("cancelled", "cancelled", { cause: error });
    if (timeout.aborted) throw new HttpError("timeout", `no answer within ${timeoutMs / 1000} s`, { cause: error });
    throw new HttpError(answered ? "cut" : "offline", reasonOf(error), { cause: error });
  }
}

async function readBody(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new HttpError("too_large", `the answer is longer than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * `fetch` reports only "fetch failed", with the reason as its cause; a name with several addresses fails with one reason
 * each.
 */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const inner: unknown = cause instanceof AggregateError && cause.errors.length > 0 ? cause.errors[0] : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
