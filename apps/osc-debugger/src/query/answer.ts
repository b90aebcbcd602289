import { nodeAt } from "./tree.ts";
import type { QueryNode } from "./tree.ts";

/** A request as OSCQuery sees it. */
export interface QueryRequest {
  readonly method: string;
  readonly url: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** A status of HTTP, and the body as JSON; no body with 204. */
export interface QueryAnswer {
  readonly status: 200 | 204 | 400 | 403 | 404 | 405;
  readonly body?: unknown;
}

/** What a single attribute may be asked for. */
const attributes = ["FULL_PATH", "CONTENTS", "TYPE", "ACCESS", "DESCRIPTION", "RANGE", "UNIT", "VALUE"] as const;
const extensions = { ACCESS: true, VALUE: true, RANGE: true, DESCRIPTION: true, UNIT: true, LISTEN: false, PATH_CHANGED: false };

/**
 * Answers one request (OSCQuery proposal: `/path`, `/path?ATTRIBUTE`, `/?HOST_INFO`). Only programs of this machine are answered: the name by
 * which they ask must be one of it, and a page of a browser from elsewhere is refused.
 * @param root makes the tree, when one is needed
 */
export function answerQuery({ method, url, host, origin }: QueryRequest, port: number, root: () => QueryNode): QueryAnswer {
  if (method !== "GET" && method !== "HEAD") return { status: 405, body: { error: "read only: GET" } };
  if (!isHere(host) || (origin !== undefined && !isHere(hostOf(origin)))) return { status: 403, body: { error: "for programs of this machine only" } };
  const [path = "/", query] = url.split("?", 2);
  if (query === "HOST_INFO") return { status: 200, body: { NAME: "vj-bus", OSC_IP: "127.0.0.1", OSC_PORT: port, OSC_TRANSPORT: "UDP", EXTENSIONS: extensions } };
  const attribute = attributes.find((one) => one === query);
  if (query !== undefined && query !== "" && attribute === undefined) return { status: 400, body: { error: `unknown attribute; there are ${attributes.join(", ")}, HOST_INFO` } };
  const node = nodeAt(root(), decoded(path));
  if (node === undefined) return { status: 404, body: { error: "no such address" } };
  if (attribute === undefined) return { status: 200, body: node };
  return node[attribute] === undefined ? { status: 204 } : { status: 200, body: { [attribute]: node[attribute] } };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function isHere(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);
}
