import { audioOsc, unit } from "@vj/schema";
import { createReceiver, createTelemetry, isPortFree } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { checkSource } from "../src/capture/check-source.ts";
import { createOscSource } from "../src/capture/osc-source.ts";
import { parseSourceSpec } from "../src/capture/source-spec.ts";
import { runWorker } from "./helpers/running-worker.ts";

it("sends the analysis of another analyzer as its own, reports when it ends, and is silent then", async () => {
  // A port that was just free.
  const probe = await createReceiver();
  const { port } = probe;
  await probe.close();
  await using worker = await runWorker({ VJ_AUDIO_SOURCE: `osc:${port}` });
  await worker.verdict("no_callbacks");
  expect((await worker.ask("get_state"))["condition"]).toMatchObject({ level: "degraded", todo: expect.stringContaining("let the other analyzer send") });
  expect(await checkSource(parseSourceSpec(`osc:${port}`), "")).toMatchObject({ ok: false, reason: expect.stringContaining(String(port)) });

  const other = createTelemetry({ table: audioOsc, targets: [{ name: "t", host: "127.0.0.1", port, enabled: true }] });
  onTestFinished(() => other.close());
  const sending = setInterval(() => {
    other.send("/audio/levels", [0, 0.5, 0, 0, 0, 0, 0, 0.25]);
    other.send("/audio/bpm", { tempo: 123, confidence: 0.9 });
    other.send("/audio/silence", { silent: 0 });
  }, 16);
  onTestFinished(() => clearInterval(sending));
  await worker.verdict("ok");
  await waitFor("its tempo", () => worker.receiver.latest("/audio/bpm")?.message.args[0] === 123);
  expect(worker.receiver.latest("/audio/levels")?.message.args).toEqual([0, 0.5, 0, 0, 0, 0, 0, 0.25]);
  const state = await worker.ask("get_state");
  expect(state).toMatchObject({ source: { kind: "osc", name: `port ${port}` }, condition: { level: "ok", text: `taking the analysis that arrives on UDP port ${port}` } });

  clearInterval(sending);
  await worker.verdict("device_gone");
  await waitFor("silence", () => worker.receiver.latest("/audio/silence")?.message.args[0] === 1);
  await worker.level("below", 0.01);
});

it("takes what Synesthesia sends, one value a message, as an analysis too", async () => {
  const probe = await createReceiver();
  const { port } = probe;
  await probe.close();
  await using worker = await runWorker({ VJ_AUDIO_SOURCE: `osc:${port}` });
  const value = { args: [unit("value")], kind: "stream", description: "" } as const;
  const table = { "/audio/level/bass": value, "/audio/level/all": value, "/audio/beat/onbeat": value };
  const synesthesia = createTelemetry({ table, targets: [{ name: "t", host: "127.0.0.1", port, enabled: true }] });
  onTestFinished(() => synesthesia.close());
  const sending = setInterval(() => {
    synesthesia.send("/audio/level/bass", [0.5]);
    synesthesia.send("/audio/level/all", [0.25]);
    synesthesia.send("/audio/beat/onbeat", [1]);
  }, 16);
  onTestFinished(() => clearInterval(sending));
  await worker.verdict("ok");
  await waitFor("its levels", () => worker.receiver.latest("/audio/levels")?.message.args[1] === 0.5);
  expect(worker.receiver.latest("/audio/levels")?.message.args).toEqual([0.5, 0.5, 0, 0, 0, 0, 0, 0.25]);
  await waitFor("its beats", () => worker.receiver.latest("/audio/phase")?.message.args[2] === 1);
});

it("drops what no analyzer sends: a section without a name of ours, a beat beyond the end of its bar", async () => {
  const probe = await createReceiver();
  const { port } = probe;
  await probe.close();
  const source = createOscSource(port);
  const taken: unknown[] = [];
  source.start(() => {}, ({ address, args }) => taken.push([address, ...Object.values(args)]));
  onTestFinished(() => source.stop());
  await waitFor("the port to be opened", async () => !(await isPortFree("udp", port)));
  const other = createTelemetry({ table: audioOsc, targets: [{ name: "t", host: "127.0.0.1", port, enabled: true }] });
  onTestFinished(() => other.close());
  await other.settled();
  other.send("/audio/section", ["<script>", 1]);
  other.send("/audio/section", ["drop\u001b[2J", 1]);
  other.send("/audio/bar", [3, 4, 0, 1]);
  other.send("/audio/bar", [5, 5, 0, 1]);
  other.send("/audio/section", ["drop", 1]);
  await waitFor("the last of them", () => taken.length > 1);
  expect(taken).toEqual([["/audio/bar", 5, 5, 0, 1], ["/audio/section", "drop", 1]]);
});

it("leaves a port of one of its own targets closed, and says so; opens it when the target is changed", async () => {
  const probe = await createReceiver();
  const { port } = probe;
  await probe.close();
  let refused: string | undefined = "it is a target";
  const source = createOscSource(port, () => refused);
  onTestFinished(() => source.stop());
  source.start(() => {});
  expect(source.status()).toEqual({ phase: "lost", problem: "it is a target" });
  expect(await isPortFree("udp", port)).toBe(true);
  refused = undefined;
  await waitFor("the port to be opened", async () => source.status().phase === "opening" && !(await isPortFree("udp", port)));
  refused = "it is a target";
  await waitFor("the port to be closed", async () => source.status().phase === "lost" && (await isPortFree("udp", port)));
});

it("a worker does not open a port that is one of its targets, whose program may come later", async () => {
  const probe = await createReceiver();
  const { port } = probe;
  await probe.close();
  await using worker = await runWorker({ VJ_OSC_TARGETS: `127.0.0.1:${port}`, VJ_AUDIO_SOURCE: `osc:${port}` });
  const text = `UDP port ${port} is also a target of this rig: the analyzer would receive its own messages`;
  await waitFor("the reason", async () => JSON.stringify((await worker.ask("get_state"))["condition"]).includes(text));
  expect(await isPortFree("udp", port)).toBe(true);
});

it("a worker refuses to take such a port", async () => {
  await using worker = await runWorker({});
  const { port } = worker.receiver;
  await expect(worker.ask("set_config", { audio_source: `osc:${port}` })).rejects.toThrow(`UDP port ${port} is also a target of this rig`);
});

it.each(["osc:0", "osc:65536", "osc:", "osc:abc", "osc:-1", "osc:9e3"])("refuses %j", (text) => {
  expect(() => parseSourceSpec(text)).toThrow(expect.objectContaining({ name: "SoundError", code: "source" }));
});
