import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createFrameDecoder } from "@vj/control";
import { limits } from "@vj/schema";
import { frameOf } from "./cases.ts";
import type { FuzzCase } from "./cases.ts";

/** Longest wait for the command after a case. Large frames wait for their turn up to 2 s. */
const answerMs = 15_000;
/** Longest path and message of one issue, in characters. */
const longestIssue = 400;
/** Longest refusal: a control character takes six characters in JSON; the `msg_id` and the issues add to the text. */
const longestRefusal = 6 * (limits.textCharacters + limits.msgIdCharacters + limits.namedFaults * longestIssue) + 2000;

/** One connection to one worker, reopened when a case has ended it. */
export class Lane {
  readonly #path: string;
  #socket: Socket | undefined;
  #decoder = createFrameDecoder();
  #markers = 0;
  #wake = (): void => {};
  #lastMarker = 0;
  #fault: string | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Sends a case and then a command that must be answered, on the same connection or on a new one if the case has ended
   * it. @throws Error when it is not answered, or a refusal is too long.
   */
  async try({ what, frame }: FuzzCase): Promise<void> {
    this.#markers += 1;
    this.#fault = undefined;
    const marker = frameOf(Buffer.from(`{"type":"command","cmd":"fuzz_marker","msg_id":"marker-${this.#markers}"}`));
    const end = performance.now() + answerMs;
    let bytes: Buffer = Buffer.concat([frame, marker]);
    for (;;) {
      const socket = await this.#connected();
      if (socket.writable) socket.write(bytes);
      const fault = await this.#answered(socket, end);
      if (fault !== undefined) throw new Error(`${what}: ${fault}`);
      if (this.#lastMarker === this.#markers) return;
      if (performance.now() > end) throw new Error(`${what}: no answer within ${answerMs / 1000} s afterwards`);
      bytes = marker;
    }
  }

  close(): void {
    this.#socket?.destroy();
  }

  /** @returns the fault of a reply */
  async #answered(socket: Socket, end: number): Promise<string | undefined> {
    while (this.#lastMarker !== this.#markers && !socket.closed && this.#fault === undefined && performance.now() < end) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#fault;
  }

  async #connected(): Promise<Socket> {
    const open = this.#socket;
    if (open !== undefined && !open.closed) return open;
    const socket = connect(this.#path);
    this.#socket = socket;
    this.#decoder = createFrameDecoder();
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("close", () => this.#wake());
    await Promise.race([once(socket, "connect").catch(() => delay(20)), once(socket, "close")]);
    return socket;
  }

  #take(chunk: Buffer): void {
    this.#decoder.push(chunk);
    for (let payload = this.#decoder.next(); payload !== undefined; payload = this.#decoder.next()) {
      const text = payload.toString("utf8");
      const refused = text.includes('"type":"error"') || text.includes('"success":false');
      if (refused && text.length > longestRefusal) this.#fault = `a refusal of ${text.length} characters`;
      const marker = /"msg_id":"marker-(\d+)"/.exec(text)?.[1];
      if (marker !== undefined) this.#lastMarker = Number(marker);
    }
    this.#wake();
  }
}
