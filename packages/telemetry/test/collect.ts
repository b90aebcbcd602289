import { waitFor } from "@vj/test-kit";
import { createReceiver } from "../src/index.ts";

/** A receiver on a free port that keeps arriving messages as [address, ...args]. */
export async function collect(host = "127.0.0.1"): Promise<Collector> {
  const messages: unknown[][] = [];
  const receiver = await createReceiver({ host });
  receiver.on("message", ({ address, args }) => messages.push([address, ...args]));
  return {
    host,
    port: receiver.port,
    messages,
    arrived: (count) => waitFor(`${count} messages, got ${messages.length}`, () => messages.length >= count && messages),
    [Symbol.asyncDispose]: () => receiver.close(),
  };
}

export interface Collector extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly messages: unknown[][];
  /** Resolves with all messages once there are this many. */
  arrived(count: number): Promise<unknown[][]>;
}
