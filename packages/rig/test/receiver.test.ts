import { serve, socketPath } from "@vj/control";
import { contractOsc, plainTargetView } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import { tempDir, waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { silenceWorkers } from "../src/index.ts";
import { playPattern, readMessage, resendStates, sendMessage, testPattern } from "../src/receiver/index.ts";

it("the pattern moves one argument at a time, from its lowest value to its highest", () => {
  const steps = testPattern(contractOsc, { ...plainTargetView, shape: "flat", only: ["/audio/hit/*", "/karaoke/line/*"] });
  expect(steps.map(({ as }) => as)).toEqual(["/audio/hit/kick", "/audio/hit/snare", "/audio/hit/hat", "/karaoke/line/active/index"]);
  expect(steps.map((step) => [step.values(0), step.values(0.5), step.values(1)])).toEqual([
    [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
    [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    [[0, 0, 0], [0, 0, 1], [0, 0, 0]],
    [[-1], [249], [-1]],
  ]);
  const [section, ...more] = testPattern(contractOsc, { ...plainTargetView, shape: "flat", only: ["/audio/section/*"], not: ["/audio/section/confidence"] });
  expect(more).toEqual([]);
  expect([0, 0.2, 0.5].map((phase) => section?.values(phase))).toEqual([["intro", 0], ["break", 0], ["silence", 0]]);
});

it("workers that send OSC are silent at the place of the pattern while it plays; resting arguments are not sent again", async () => {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const log: unknown[] = [];
  const worker = async (name: string, osc: Record<string, unknown>): Promise<void> => {
    const description = { worker: name, version: "1", protocol: 1, description: name, config_schema: {}, commands: {}, osc };
    const server = await serve({
      path: socketPath(name, dir.join("bus")),
      onCommand: ({ cmd, msg_id: _id, type: _type, ...args }, peer) => {
        if (cmd === "describe") return { type: "ack", success: true, message: null, data: description };
        log.push([name, cmd, args]);
        peer.on("close", () => log.push(`${name} is asked no longer`));
        return { type: "ack", success: true, message: null, data: null };
      },
    });
    onTestFinished(() => server.close());
  };
  await worker("analyzer", contractOsc);
  await worker("still", {});
  const counts = new Map<string, number>();
  await using receiver = await createReceiver();
  receiver.on("message", ({ address }) => {
    if (counts.size === 0) log.push("the pattern");
    counts.set(address, (counts.get(address) ?? 0) + 1);
  });
  const { port } = receiver;
  const steps: string[] = [];
  const target = { name: "wall", host: "127.0.0.1", port, enabled: true, view: { ...plainTargetView, shape: "flat" as const, only: ["/audio/hit/*"] } };
  const outcome = await playPattern({ table: contractOsc, target, seconds: 1, signal: new AbortController().signal, onStep: ({ as }) => steps.push(as), busDir: dir.join("bus") });
  expect(outcome).toMatchObject({ refused: false });
  expect(steps).toEqual(["/audio/hit/kick", "/audio/hit/snare", "/audio/hit/hat"]);
  await waitFor("the end", () => log.includes("analyzer is asked no longer"));
  expect(log).toEqual(["the pattern", ["analyzer", "mute", { host: "127.0.0.1", port }], "analyzer is asked no longer"]);
  // Each moves in its third of a second only.
  for (const count of counts.values()) expect(count).toBeLessThan(16);
});

it("a message as a person types it arrives; a port where nobody listens says so", async () => {
  const read = readMessage("/composition/layer", ["7", "f:7", "s:8", "on"]);
  if (!read.ok) throw new Error(read.error);
  const received: unknown[] = [];
  const receiver = await createReceiver({ port: 0 });
  receiver.on("message", ({ address, tags, args }) => received.push([address, tags, [...args]]));
  const place = { host: "127.0.0.1", port: receiver.port };
  expect(await sendMessage(place, read.bytes)).toEqual({ refused: false, problem: "" });
  await waitFor("the message", () => received.length > 0);
  expect(received).toEqual([["/composition/layer", "ifss", [7, 7, "8", "on"]]]);
  await receiver.close();
  expect(await sendMessage(place, read.bytes)).toEqual({ refused: true, problem: "" });
});

it("whatever waits can be cancelled, and leaves no worker silent", async () => {
  await using dir = tempDir();
  const busDir = dir.join("bus");
  const mutes: string[] = [];
  await using _worker = await serve({
    path: socketPath("analyzer", busDir),
    onCommand: ({ cmd }, peer) => {
      const data = { worker: "analyzer", version: "1", protocol: 1, description: "", config_schema: {}, commands: {}, osc: contractOsc };
      if (cmd !== "mute") return { type: "ack", success: true, message: null, data };
      mutes.push("silent");
      peer.on("close", () => mutes.push("sends again"));
      // It never becomes silent.
      return new Promise(() => {});
    },
  });
  const target = { name: "wall", host: "127.0.0.1", port: 9, enabled: true };
  const aborted = { code: "aborted" };
  const once = AbortSignal.abort();
  await expect(sendMessage(target, new Uint8Array(4), { signal: once })).rejects.toMatchObject(aborted);
  await expect(resendStates({ table: contractOsc, target, busDir, signal: once })).rejects.toMatchObject(aborted);
  const later = new AbortController();
  const silence = silenceWorkers({ busDir, concerns: () => true, onProblem: () => {}, signal: later.signal });
  await Promise.all([
    expect(silence).rejects.toMatchObject(aborted),
    waitFor("the request", () => mutes.length > 0).then(() => later.abort()),
  ]);
  await waitFor("the end of the silence", () => mutes.length === 2);
});

it.each(["", "audio", "/a b", "/a/*", "/a//b", "/"])("an address that cannot be sent to is refused: %j", (address) => {
  expect(readMessage(address, [])).toMatchObject({ ok: false, error: expect.stringContaining("is not an OSC address") });
});
