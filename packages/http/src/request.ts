import { parseJson } from "@vj/schema";
import { HttpError } from "./http-error.ts";

/** The request, and the limits of its answer. */
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

/** What a header may hold: Latin-1 without control characters. */
const headerValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The whole answer of a service, with its body unchanged. */
export type HttpBytes = Omit<HttpAnswer, "text" | "json"> & { readonly bytes: Uint8Array };

/**
 * Sends one request for text.
 * @throws HttpError when there is no whole answer; its `code` gives the reason. No error contains the address or a header, which may
 * hold a secret.
 */
export async function request(url: string | URL, options: RequestOptions = {}): Promise<HttpAnswer> {
  const { bytes, ...answer } = await requestBytes(url, options);
  const text = new TextDecoder().decode(bytes);
  return { ...answer, text, json: parseJson(text) };
}

/** Sends one request for any data, such as a picture. @throws HttpError as {@link request} does */
export async function requestBytes(url: string | URL, options: RequestOptions = {}): Promise<HttpBytes> {
  const { timeoutMs = 10_000, maxBytes = 1_048_576, redirect = "follow", signal, ...init } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  let answered = false;
  const unsendable = Object.entries(init.headers ?? {}).find(([, value]) => !headerValue.test(value));
  // The error of `fetch` would hold the value, which may be a secret.
  if (unsendable !== undefined) throw new HttpError("offline", `the header ${unsendable[0]} has a character that HTTP does not allow`);
  try {
    const how = { ...init, redirect: redirect === "error" ? "manual" : redirect, signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) } as const;
    const response = await fetch(url, how);
    answered = true;
    if (redirect === "error" && redirects.has(response.status)) {
      await response.body?.cancel();
      throw new HttpError("redirected", "it answered with another address");
    }
    const bytes = await readBody(response, maxBytes);
    return { status: response.status, statusText: response.statusText, headers: response.headers, bytes };
  } catch (error) {
    if (error instanceof HttpError) throw error;
    if (signal?.aborted === true) throw new HttpError("cancelled", "cancelled", { cause: error });
    if (timeout.aborted) throw new HttpError("timeout", `no answer within ${timeoutMs / 1000} s`, { cause: error });
    throw new HttpError(answered || isCut(error) ? "cut" : "offline", reasonOf(error), { cause: error });
  }
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new HttpError("too_large", `the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether there was a connection that ended, or whose data is not HTTP. */
function isCut(error: unknown): boolean {
  const cause = causeOf(error);
  if (!(cause instanceof Error)) return false;
  // What is not HTTP has a code on some lines of Node only.
  return cause.name === "HTTPParserError" || ("code" in cause && typeof cause.code === "string" && /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|HPE_.*)$/.test(cause.code));
}

/**
 * `fetch` reports only "fetch failed", with the reason as its cause; a name with several addresses fails with one reason
 * each.
 */
function causeOf(error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof AggregateError && cause.errors.length > 0 ? cause.errors[0] : cause;
}

function reasonOf(error: unknown): string {
  const inner = causeOf(error);
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
