import { rmSync } from "node:fs";
import { serve, socketPath } from "@vj/control";
import type { ControlServer, Peer, ReplyMessage } from "@vj/control";
import type { Command } from "@vj/schema";
import { tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { BusFeed } from "../src/bus-feed.ts";

interface Bus {
  feed: BusFeed;
  problems: string[];
  worker(name: string, answer: (command: Command, peer: Peer) => ReplyMessage | Promise<ReplyMessage>): Promise<ControlServer>;
}

function createBus(): Bus {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const busDir = dir.join("bus");
  const problems: string[] = [];
  const feed = new BusFeed({ busDir, self: "me", onMessage: () => {}, retryMs: 10, onProblem: (problem) => problems.push(problem) });
  onTestFinished(() => feed.close());
  return {
    feed,
    problems,
    worker: async (name, onCommand) => {
      const server = await serve({ path: socketPath(name, busDir), onCommand });
      onTestFinished(() => server.close());
      return server;
    },
  };
}

const ack = (success: boolean, message: string | null = null): ReplyMessage => ({ type: "ack", success, message, data: null });

describe("BusFeed", () => {
  it("asks every worker but itself for everything, each on a port of its own", async () => {
    const { feed, worker } = createBus();
    const asked: { name: string; cmd: string; port: unknown; addresses: unknown }[] = [];
    for (const name of ["me", "one", "two"]) {
      await worker(name, ({ cmd, port, addresses }) => {
        asked.push({ name, cmd, port, addresses });
        return ack(true);
      });
    }
    await waitFor("both", () => feed.names().length === 2);
    expect(feed.names()).toEqual(["one", "two"]);
    expect(asked).toHaveLength(2);
    expect(asked).toContainEqual({ name: "one", cmd: "subscribe", port: expect.any(Number), addresses: undefined });
    expect(new Set(asked.map(({ port }) => port)).size).toBe(2);
  });

  it("says which worker does not know the command, once per connection", async () => {
    const { feed, problems, worker } = createBus();
    await worker("old", () => ack(false, "unknown command"));
    await waitFor("the answer", () => problems.length > 0);
    expect(problems).toEqual(["old sends no telemetry here: unknown command"]);
    expect(feed.names()).toEqual([]);
  });

  it("asks a worker that was too busy to answer again", async () => {
    const { feed, problems, worker } = createBus();
    let asked = 0;
    await worker("busy", ({ cmd }) => {
      if (cmd === "subscribe") asked += 1;
      return asked === 1 ? new Promise(() => {}) : ack(true);
    });
    await waitFor("the second answer", () => feed.names().includes("busy"));
    expect(asked).toBe(2);
    expect(problems).toEqual([expect.stringMatching(/^busy sends no telemetry here: .*subscribe/)]);
  });

  it("lets go of a worker whose socket is gone, and of all when it is closed", async () => {
    const { feed, worker } = createBus();
    const gone = await worker("gone", () => ack(true));
    const kept = await worker("kept", () => ack(true));
    await waitFor("both", () => feed.names().length === 2);
    await gone.close();
    rmSync(gone.path, { force: true });
    await waitFor("its loss", () => feed.names().join() === "kept");
    feed.close();
    await waitFor("no connection", () => kept.connections === 0);
    expect(feed.names()).toEqual([]);
  });
});
