import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { needs, spawnProcess, tempDir } from "@vj/test-kit";
import { connect } from "../src/index.ts";
import { systemErrorCode } from "../src/errors.ts";

/** Fills the queue of a server that does not accept; the sockets that fill it. */
async function fillQueue(path: string): Promise<Socket[]> {
  const waiting: Socket[] = [];
  for (;;) {
    const socket = connectSocket(path);
    const fault: unknown = await once(socket, "connect").then(() => undefined, (error: unknown) => error);
    if (fault === undefined) {
      waiting.push(socket);
      continue;
    }
    expect(systemErrorCode(fault)).toBe("EAGAIN");
    return waiting;
  }
}

describe("connecting to a process too busy to accept", needs("linux"), () => {
  it("waits until it accepts, and gives up after its time", async () => {
    await using dir = tempDir();
    const path = dir.join("a.sock");
    await using worker = spawnProcess(process.execPath, [`${import.meta.dirname}/claim-child.mjs`, path]);
    await worker.printed(/won/);
    worker.child.kill("SIGSTOP");
    const waiting = await fillQueue(path);
    await expect(connect(path, { connectTimeoutMs: 50 })).rejects.toMatchObject({ code: "timeout" });
    const connecting = connect(path, { connectTimeoutMs: 20_000, reconnect: false });
    worker.child.kill("SIGCONT");
    const client = await connecting;
    expect((await client.request("x")).success).toBe(true);
    await client.close();
    for (const socket of waiting) socket.destroy();
  });
});
