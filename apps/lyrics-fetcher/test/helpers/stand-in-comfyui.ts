import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";

/** The smallest picture. */
export const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** One prompt, as it was queued. */
export interface QueuedPrompt {
  readonly id: string;
  readonly prompt: Record<string, { class_type: string; inputs: Record<string, unknown> }>;
  readonly clientId: string;
}

/** A server in the place of ComfyUI, with the shapes of its answers and messages. */
export interface StandInComfyui {
  readonly url: string;
  readonly prompts: QueuedPrompt[];
  /** Prompts taken out of the queue, and interrupted ones. */
  readonly deleted: string[];
  readonly interrupted: string[];
  /** Answers `/prompt` in another way. */
  refuse: ((response: ServerResponse) => void) | undefined;
  /** Answers `/view`. */
  view: (response: ServerResponse) => void;
  /** Whether the socket is there. */
  sockets: boolean;
  /** Sends a message to the client of the last prompt. */
  say(type: string, data: Record<string, unknown>): void;
  sayBytes(bytes: Uint8Array): void;
  /** Puts the last prompt into the history. */
  finish(entry?: Record<string, unknown>): void;
  /** Forgets what is queued, as a restart does. */
  clear(): void;
  cutSockets(): void;
}

const image = { filename: "vj_00001_.png", subfolder: "vj", type: "output" };
export const done = { prompt: [], outputs: { 9: { images: [image] } }, status: { status_str: "success", completed: true, messages: [["execution_start", {}], ["execution_success", {}]] }, meta: {} };

/** Ends with the test. */
export async function standInComfyui(): Promise<StandInComfyui> {
  const history = new Map<string, unknown>();
  const queued = new Map<string, unknown[]>();
  const clients = new Map<string, WebSocket>();
  const json = (response: ServerResponse, value: unknown, status = 200): void => void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text)).on("end", () => answer(url, body === "" ? {} : (JSON.parse(body) as Record<string, unknown>), response));
  });
  const answer = (url: URL, body: Record<string, unknown>, response: ServerResponse): void => {
    switch (url.pathname) {
      case "/prompt": {
        if (comfyui.refuse !== undefined) return comfyui.refuse(response);
        const id = `00000000-0000-4000-8000-${String(comfyui.prompts.length).padStart(12, "0")}`;
        comfyui.prompts.push({ id, prompt: body["prompt"] as QueuedPrompt["prompt"], clientId: String(body["client_id"]) });
        queued.set(id, [comfyui.prompts.length, id, body["prompt"], {}, ["9"]]);
        return json(response, { prompt_id: id, number: comfyui.prompts.length, node_errors: {} });
      }
      case "/queue": {
        const ids = Array.isArray(body["delete"]) ? body["delete"].map(String) : [];
        for (const id of ids) queued.delete(id);
        comfyui.deleted.push(...ids);
        return json(response, { queue_running: [...queued.values()], queue_pending: [] });
      }
      case "/interrupt":
        comfyui.interrupted.push(String(body["prompt_id"]));
        return void response.end();
      case "/view":
        return comfyui.view(response);
      default: {
        const id = url.pathname.replace("/history/", "");
        return json(response, history.has(id) ? { [id]: history.get(id) } : {});
      }
    }
  };
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (!comfyui.sockets) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => {
      const id = new URL(request.url ?? "", "http://127.0.0.1").searchParams.get("clientId") ?? "";
      clients.set(id, client);
      client.send(JSON.stringify({ type: "status", data: { status: { exec_info: { queue_remaining: 0 } }, sid: id } }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const client of clients.values()) client.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const bound = server.address();
  const last = (): QueuedPrompt => comfyui.prompts.at(-1) ?? { id: "", prompt: {}, clientId: "" };
  const comfyui: StandInComfyui = {
    url: `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`,
    prompts: [],
    deleted: [],
    interrupted: [],
    refuse: undefined,
    view: (response) => void response.writeHead(200, { "content-type": "image/png" }).end(png),
    sockets: true,
    say: (type, data) => clients.get(last().clientId)?.send(JSON.stringify({ type, data: { ...data, prompt_id: last().id } })),
    sayBytes: (bytes) => clients.get(last().clientId)?.send(bytes),
    finish: (entry = done) => {
      queued.delete(last().id);
      history.set(last().id, entry);
    },
    clear: () => queued.clear(),
    cutSockets: () => clients.forEach((client) => client.terminate()),
  };
  return comfyui;
}
