import { connect, socketPath } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { limits } from "@vj/schema";
import { tempDir, waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished, vi } from "vitest";
import { serveBus } from "../src/bus-presence.ts";
import type { BusPresence } from "../src/bus-presence.ts";

it("a worker that serves as many clients as it can says so until one leaves", async () => {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const presence = await serveLamp(dir.join("bus"), { maxClients: 1 });
  expect(presence.condition()).toBeUndefined();
  const client = await connect(socketPath("lamp", dir.join("bus")));
  await client.request("x");
  expect(presence.condition()).toMatchObject({ level: "degraded", text: expect.stringMatching(/^serves 1 clients.*turns others away/), todo: expect.any(String) });
  await client.close();
  await waitFor("the place to be free", () => presence.condition() === undefined);
});

async function serveLamp(busDir: string, options: { readonly maxClients?: number } = {}): Promise<BusPresence> {
  const presence = await serveBus({
    busDir,
    identity: { name: "lamp", instanceId: "a" },
    osc: {},
    ...options,
    onCommand: () => ({ type: "ack", success: true, message: null, data: null }),
    stats: () => ({}),
    condition: () => undefined,
    onProblem: () => {},
    onLost: () => {},
  });
  onTestFinished(() => presence.close());
  return presence;
}

async function listen(file: string): Promise<{ client: ControlClient; beats: unknown[] }> {
  const client = await connect(file);
  onTestFinished(() => client.close());
  const beats: unknown[] = [];
  client.on("heartbeat", (heartbeat) => beats.push(heartbeat));
  return { client, beats };
}

it("a fresh client gets the reply to its first command before any heartbeat", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const busDir = dir.join("bus");
  const presence = await serveLamp(busDir);
  const file = socketPath("lamp", busDir);
  presence.announce();
  const old = await listen(file);
  await old.client.request("x");
  vi.advanceTimersByTime(limits.heartbeatMs / 2);
  const fresh = await listen(file);
  await fresh.client.request("x");
  vi.advanceTimersByTime(limits.heartbeatMs / 2);
  await waitFor("the heartbeat of the old client", () => old.beats.length === 1);
  // Messages sent before this reply have arrived before it.
  await fresh.client.request("x");
  expect(fresh.beats).toEqual([]);
  vi.advanceTimersByTime(limits.heartbeatMs);
  await waitFor("its first heartbeat", () => fresh.beats.length === 1);
  expect(old.beats).toHaveLength(2);
});
