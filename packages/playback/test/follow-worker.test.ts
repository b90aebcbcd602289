import { describe, expect, it, onTestFinished, vi } from "vitest";
import { serve, socketPath } from "@vj/control";
import type { ControlServer, Peer } from "@vj/control";
import { limits, subscribeArgsSchema, trackOsc } from "@vj/schema";
import type { Command } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";
import { tempDir, waitFor } from "@vj/test-kit";
import { followWorker, OutputHold } from "../src/index.ts";

const command = (cmd: string): Command => ({ type: "command", cmd });

/** A connection that the test can close. */
function fakePeer(id: number): { peer: Peer; close(): void } {
  const listeners = new Set<() => void>();
  const close = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    peer: { id, connectedAt: 0, send: () => {}, on: (_event, listener) => (listeners.add(listener), () => {}) },
    close,
  };
}

describe("a held output", () => {
  it("is held from the first holder to the end of the last one's connection", async () => {
    const changes: boolean[] = [];
    const hold = new OutputHold((held) => changes.push(held));
    const [one, two] = [fakePeer(1), fakePeer(2)];
    expect(await hold.command().run(command("hold_output"), one.peer)).toMatchObject({ success: true });
    await hold.command().run(command("hold_output"), one.peer);
    await hold.command().run(command("hold_output"), two.peer);
    expect(changes).toEqual([true]);
    one.close();
    expect(hold.held).toBe(true);
    two.close();
    expect(hold.held).toBe(false);
    expect(changes).toEqual([true, false]);
  });
});

/** A minimal worker for a follower: `subscribe` and `hold_output`. */
async function standIn(busDir: string): Promise<{ server: ControlServer; hold: OutputHold; play(title: string): void }> {
  const telemetry = createTelemetry({ table: trackOsc, targets: [] });
  const hold = new OutputHold(() => {});
  const server = await serve({
    path: socketPath("player", busDir),
    onCommand: async (received, peer) => {
      if (received.cmd === "hold_output") return { type: "ack", ...(await hold.command().run(received, peer)) };
      peer.on("close", telemetry.subscribe(subscribeArgsSchema.parse(received)).end);
      return { type: "ack", success: true, message: null, data: null };
    },
  });
  onTestFinished(async () => {
    await server.close();
    await telemetry.close();
  });
  return { server, hold, play: (title) => telemetry.send("/karaoke/track", [1, "spotify", "A", title, "", 0, 0]) };
}

describe("a follower", () => {
  it("waits for the worker, receives from it, holds it, and does so again when it comes back", async () => {
    await using dir = tempDir();
    const received: unknown[] = [];
    const changes: boolean[] = [];
    let held = 0;
    const follower = followWorker({
      worker: "player",
      busDir: dir.path,
      addresses: ["/karaoke/track"],
      hold: true,
      onMessage: ({ args }) => received.push(args[3]),
      onChange: (following) => changes.push(following),
      onHeld: () => (held += 1),
    });
    onTestFinished(follower.close);
    await waitFor("the failed attempt", () => /player/.test(follower.state().problem ?? ""));
    expect(follower.state()).toMatchObject({ health: "away" });

    const first = await standIn(dir.path);
    first.play("One");
    await waitFor("the hold", () => first.hold.held);
    await waitFor("the earlier state", () => received.includes("One"));
    await waitFor("good health", () => follower.state().health === "ok" && follower.state().problem === null);
    first.server.broadcast({ type: "heartbeat", worker: "player", pid: 1, uptime_sec: 1, stats: { available: true } });
    await waitFor("the stats", () => follower.state().stats["available"] === true);

    await first.server.close();
    await waitFor("the loss", () => follower.state().health === "away");
    await waitFor("the end of the hold", () => !first.hold.held);
    expect(follower.state().stats).toEqual({});

    const second = await standIn(dir.path);
    second.play("Two");
    await waitFor("the worker that came back", () => received.includes("Two") && second.hold.held);
    await waitFor("the call for the second hold", () => held === 2);
    expect(changes).toEqual([true, false, true]);
  });

  it("reports a worker as late when it is connected and silent", async () => {
    await using dir = tempDir();
    const player = await standIn(dir.path);
    const follower = followWorker({ worker: "player", busDir: dir.path, addresses: ["/*"], onMessage: () => {} });
    onTestFinished(follower.close);
    await waitFor("good health", () => follower.state().health === "ok" && follower.state().problem === null);
    const later = performance.now() + limits.heartbeatLateMs + 1000;
    const clock = vi.spyOn(performance, "now").mockReturnValue(later);
    onTestFinished(() => clock.mockRestore());
    expect(follower.state()).toMatchObject({ health: "late", problem: expect.stringMatching(/player has been silent for 1\d s/) });
    player.server.broadcast({ type: "heartbeat", worker: "player", pid: 1, uptime_sec: 1, stats: { woke: true } });
    clock.mockRestore();
    await waitFor("the heartbeat", () => follower.state().stats["woke"] === true);
    expect(follower.state().health).toBe("ok");
  });

  it("releases the hold when it is closed", async () => {
    await using dir = tempDir();
    const player = await standIn(dir.path);
    const options = { worker: "player", busDir: dir.path, addresses: ["/*"], onMessage: () => {} };
    const holder = followWorker({ ...options, hold: true });
    const listener = followWorker(options);
    onTestFinished(listener.close);
    await waitFor("the hold", () => player.hold.held);
    await waitFor("the listener", () => listener.state().problem === null);
    await holder.close();
    await waitFor("the end of the hold", () => !player.hold.held);
  });
});
