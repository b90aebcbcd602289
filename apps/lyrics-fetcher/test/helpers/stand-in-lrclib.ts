import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** A server in the place of LRCLIB, on a free port. `requests` are the paths asked for so far. */
export interface StandInLrclib {
  url: string;
  requests: string[];
  headers: IncomingMessage["headers"][];
  answer: (response: ServerResponse, url: URL) => void;
}

export const json = (value: unknown, status = 200) => (response: ServerResponse): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
};

/** Ends with the test. */
export async function standInLrclib(answer: StandInLrclib["answer"]): Promise<StandInLrclib> {
  const server = createServer((request, response) => {
    lrclib.requests.push(request.url ?? "");
    lrclib.headers.push(request.headers);
    lrclib.answer(response, new URL(request.url ?? "", "http://127.0.0.1"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  const lrclib: StandInLrclib = { url: `http://127.0.0.1:${port}`, requests: [], headers: [], answer };
  return lrclib;
}

/** A record as LRCLIB answers it; what is given differs from the usual one. */
export function record(given: Record<string, unknown> = {}): Record<string, unknown> {
  const usual = { id: 1, name: "Song", trackName: "Song", artistName: "Artist", albumName: "Album", duration: 200, instrumental: false, plainLyrics: null, syncedLyrics: null };
  return { ...usual, ...given };
}

/** Answers by the path that is asked for; 404 for others. */
export const byPath = (answers: Readonly<Record<string, StandInLrclib["answer"]>>) => (response: ServerResponse, url: URL): void => {
  (answers[url.pathname] ?? json({ statusCode: 404 }, 404))(response, url);
};
