import { expect, it, onTestFinished } from "vitest";
import { serve } from "@vj/control";
import type { Peer } from "@vj/control";
import { managerName } from "@vj/schema";
import type { Message } from "@vj/schema";
import { tempDir, waitFor } from "@vj/test-kit";
import { z } from "zod";
import { Worker, readEnvironment, serveBus } from "../src/index.ts";
import type { BusMember, BusPresence, WorkerContext } from "../src/index.ts";

class Bell extends Worker {
  readonly events: string[] = [];

  constructor(context: WorkerContext) {
    super({ name: "bell", version: "1.0.0", description: "Rings", config: z.object({}) }, context);
  }

  protected override onStart(): void {
    this.events.push("start");
  }

  protected override onStop(): void {
    this.events.push("stop");
  }
}

function context(parts: Pick<WorkerContext, "joinBus">): WorkerContext {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const environment = readEnvironment({ VJ_CONFIG_DIR: dir.join("config"), VJ_OSC_TARGETS: "127.0.0.1:1", VJ_SUPERVISED: "1" });
  return { environment, busDir: dir.join("bus"), print: undefined, ...parts };
}

it("lives on the given bus, and reads nothing else from its process", async () => {
  let member: BusMember | undefined;
  const events: string[] = [];
  const presence: BusPresence = {
    announce: () => void events.push("announce"),
    condition: () => undefined,
    state: () => ({ pid: 7, protocol: 1, instance_id: "i", uptime_sec: 0 }),
    close: async () => void events.push("close"),
    [Symbol.asyncDispose]: () => presence.close(),
  };
  const bell = new Bell(context({ joinBus: async (joined) => ((member = joined), presence) }));
  await bell.start();
  const peer: Peer = { id: 1, connectedAt: 0, send: () => {}, on: () => () => {} };
  expect(await member?.onCommand({ type: "command", cmd: "get_state" }, peer)).toMatchObject({ type: "response", data: { worker: "bell", pid: 7 } });
  member?.onLost(new Error("the name is gone"));
  await expect(bell.stopped).rejects.toThrow("the name is gone");
  expect([bell.events, events]).toEqual([["start", "stop"], ["announce", "close"]]);
});

it("releases nothing when its name is taken, because it opened nothing", async () => {
  const bell = new Bell(context({ joinBus: () => Promise.reject(new Error("taken")) }));
  await expect(bell.start()).rejects.toThrow("taken");
  await bell.stop();
  expect(bell.events).toEqual([]);
});

it("does not register where it only serves", async () => {
  const received: Message[] = [];
  const given = context({ joinBus: serveBus });
  const manager = await serve({
    path: `${given.busDir}/${managerName}.sock`,
    onCommand: () => ({ type: "ack", success: true, message: null, data: null }),
    onMessage: (message) => received.push(message),
  });
  onTestFinished(() => manager.close());
  const [alone, registered] = [new Bell(given), new Bell({ ...given, joinBus: (await import("../src/index.ts")).joinBus })];
  await alone.start();
  await alone.stop();
  await registered.start();
  onTestFinished(() => registered.stop());
  await waitFor("the registration", () => received.length > 0);
  expect(received.map((message) => (message.type === "register" ? message.instance_id : ""))).not.toContain(alone.instanceId);
});
