import { once } from "node:events";
import { createServer } from "node:http";
import { messageOf } from "@vj/schema";
import { explainTakenPort } from "@vj/telemetry";
import { answerQuery } from "./answer.ts";
import type { QueryNode } from "./tree.ts";

/** Connections at once; a further one is ended as soon as it is made. */
const connections = 16;
/** Requests on one connection, after which it is closed: a client that writes thousands without reading would fill the memory with answers. */
const requestsPerConnection = 100;
/** Requests in one second, from all together; further ones are refused. */
const requestsPerSecond = 500;
/** A tree is reused for this long, ms, so that many requests cost little. */
const freshMs = 50;

/** A connection whose request does not end is closed after this time, ms; Node looks for such connections only every 30 s unless it is given another interval. */
const patience = { requestTimeout: 5000, headersTimeout: 5000, keepAliveTimeout: 5000, connectionsCheckingInterval: 500 };

export interface QueryServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * OSCQuery over HTTP on 127.0.0.1. @param tree makes the tree anew @param oscPort the port that HOST_INFO names
 * @throws Error that names the port and the next step when it is taken.
 */
export async function openQueryServer(port: number, oscPort: () => number, tree: () => QueryNode): Promise<QueryServer> {
  let made: { at: number; root: QueryNode } | undefined;
  const root = (): QueryNode => {
    const now = performance.now();
    if (made === undefined || now - made.at > freshMs) made = { at: now, root: tree() };
    return made.root;
  };
  let second = 0;
  let requests = 0;
  const isTooMany = (): boolean => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, requests] = [now, 0];
    requests += 1;
    return requests > requestsPerSecond;
  };
  const server = createServer({ maxHeaderSize: 8192, ...patience }, (incoming, response) => {
    const { method = "", url = "/", headers } = incoming;
    const { status, body } = isTooMany()
      ? { status: 429, body: { error: `more than ${requestsPerSecond} requests a second` } }
      : answerQuery({ method, url, host: headers.host, origin: headers.origin }, oscPort(), root);
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
    response.end(body === undefined || method === "HEAD" ? undefined : JSON.stringify(body));
    // The body of a request is not read.
    incoming.resume();
  });
  server.maxConnections = connections;
  server.maxRequestsPerSocket = requestsPerConnection;
  server.on("clientError", (_error, socket) => socket.destroy());
  try {
    const listening = once(server, "listening");
    server.listen({ host: "127.0.0.1", port });
    await listening;
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    const why = isTaken ? await explainTakenPort({ protocol: "tcp", port, change: (free) => `vj config set osc_debugger oscquery_port=${free}` }) : messageOf(error);
    throw new Error(`no OSCQuery: ${why}`, { cause: error });
  }
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
