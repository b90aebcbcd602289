import { once } from "node:events";
import { createConnection } from "node:net";
import type { Socket } from "node:net";
import path from "node:path";

/** A message as the old clients read it: a dictionary. */
export type OldMessage = Readonly<Record<string, unknown>>;

/**
 * A client as the old documents describe it, without anything of ours: four bytes of length, big-endian, then JSON. It reads any message
 * until the one with its `msg_id`.
 */
export class OldClient implements AsyncDisposable {
  readonly #socket: Socket;
  #bytes = Buffer.alloc(0);
  #count = 0;
  /** Messages without `msg_id`, such as heartbeats. */
  readonly others: OldMessage[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect(busDir: string, worker: string): Promise<OldClient> {
    const socket = createConnection(path.join(busDir, `${worker}.sock`));
    await once(socket, "connect");
    return new OldClient(socket);
  }

  async command(cmd: string, args: OldMessage = {}): Promise<OldMessage> {
    const msgId = `c-${++this.#count}`;
    this.write(JSON.stringify({ type: "command", cmd, msg_id: msgId, ...args }));
    for (;;) {
      const message = await this.read();
      if (message["msg_id"] === msgId) return message;
      this.others.push(message);
    }
  }

  write(json: string): void {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(Buffer.byteLength(json));
    this.#socket.write(Buffer.concat([head, Buffer.from(json)]));
  }

  /** The next message. Rejects when the connection ends. */
  async read(): Promise<OldMessage> {
    for (;;) {
      const length = this.#bytes.length < 4 ? Number.POSITIVE_INFINITY : this.#bytes.readUInt32BE();
      if (this.#bytes.length >= 4 + length) {
        const body = this.#bytes.subarray(4, 4 + length).toString();
        this.#bytes = this.#bytes.subarray(4 + length);
        return { ...JSON.parse(body) };
      }
      const chunk: unknown = (await Promise.race([once(this.#socket, "data"), once(this.#socket, "close").then(() => [undefined])]))[0];
      if (!Buffer.isBuffer(chunk)) throw new Error("the connection has ended");
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await Promise.resolve();
  }
}
