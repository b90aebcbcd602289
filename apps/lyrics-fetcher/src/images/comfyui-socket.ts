import { parseJson } from "@vj/schema";
import { WebSocket } from "ws";
import { z } from "zod";

/** How far ComfyUI is with a picture. */
export interface JobProgress {
  /** Jobs in its queue, this one included; 0 once it runs. */
  readonly queued: number;
  /** Steps of the node that runs; 0 of 0 when it reports none. */
  readonly step: number;
  readonly steps: number;
}

/** Progress of one job, from the socket. Only a convenience: the wait for the result polls the history as well. */
export interface FollowedJob {
  /** Resolves when the socket is open, or cannot be opened. */
  readonly ready: Promise<void>;
  /** From now on messages of this job count. */
  watch(id: string): void;
  /** Whether it is known to run. */
  isRunning(): boolean;
  /** Resolves when the job has ended, however; never while the socket is away. */
  changed(): Promise<void>;
  close(): void;
}

/** Previews are pictures; more than this is not one, bytes. */
const largestMessage = 16 * 1_048_576;
const handshakeMs = 5000;

const messageSchema = z.object({
  type: z.string(),
  data: z.looseObject({
    prompt_id: z.string().nullish(),
    node: z.string().nullish(),
    value: z.number().nullish().catch(0),
    max: z.number().nullish().catch(0),
    status: z.looseObject({ exec_info: z.looseObject({ queue_remaining: z.number() }) }).nullish().catch(null),
  }),
});
type Message = z.output<typeof messageSchema>;
const endings = new Set(["execution_success", "execution_error", "execution_interrupted"]);

/** Follows a job by ComfyUI's WebSocket, which is to be open before the job is queued. Errors of the socket end nothing. */
export function followJob(url: string, clientId: string, onProgress: (progress: JobProgress) => void): FollowedJob {
  let id: string | undefined;
  let running = false;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const early: Message[] = [];
  const socket = open(url, clientId);

  const take = (message: Message): void => {
    const { type, data } = message;
    if (type === "status" && !running) onProgress({ queued: data.status?.exec_info.queue_remaining ?? 0, step: 0, steps: 0 });
    if (data.prompt_id !== id) return;
    running ||= type === "execution_start" || type === "executing" || type === "progress";
    if (type === "progress") onProgress({ queued: 0, step: data.value ?? 0, steps: data.max ?? 0 });
    // "executing" without a node is how older versions say that the job is done.
    if (endings.has(type) || (type === "executing" && data.node === null)) {
      running = false;
      end();
    }
  };
  socket?.on("message", (bytes: Buffer, isBinary: boolean) => {
    const message = isBinary ? undefined : messageSchema.safeParse(parseJson(bytes.toString())).data;
    if (message === undefined) return;
    // A quick job may run before its id is known here.
    if (id !== undefined || message.type === "status") take(message);
    else if (early.length < 100) early.push(message);
  });
  socket?.on("error", () => {});
  const ready = new Promise<void>((resolve) => {
    if (socket === undefined) return resolve();
    socket.once("open", resolve).once("close", () => resolve());
  });

  return {
    ready,
    watch(job) {
      id = job;
      for (const message of early.splice(0)) take(message);
    },
    isRunning: () => running,
    changed: () => ended,
    close: () => socket?.terminate(),
  };
}

function open(url: string, clientId: string): WebSocket | undefined {
  try {
    const address = new URL(`${url}/ws`);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    address.searchParams.set("clientId", clientId);
    return new WebSocket(address, { maxPayload: largestMessage, handshakeTimeout: handshakeMs, perMessageDeflate: false });
  } catch {
    // An address that HTTP will refuse too, in words.
    return undefined;
  }
}
