import { createSocket } from "node:dgram";
import { once } from "node:events";
import { decode, encode } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import type { SyncConfig } from "../../src/config.ts";
import { remoteProtocol } from "../../src/protocols/remote/remote-protocol.ts";
import { fakeContext } from "../fake-context.ts";

/** A running remote and a fader box. */
async function start(settings: Partial<SyncConfig> = {}) {
  const box = createSocket("udp4");
  box.bind(0, "127.0.0.1");
  await once(box, "listening");
  const taken = createSocket("udp4").bind(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address();
  taken.close();
  await once(taken, "close");
  const fake = fakeContext({ remote_port: port, ...settings });
  const protocol = await remoteProtocol.start(fake.context);
  onTestFinished(async () => {
    box.close();
    await protocol.close();
  });
  await waitFor("the port", () => protocol.state()["port"] === port);
  const replies: unknown[][] = [];
  box.on("message", (bytes) => {
    const decoded = decode(bytes);
    if (decoded.ok) for (const { address, args } of decoded.messages) replies.push([address, ...args]);
  });
  const send = (bytes: Uint8Array): void => box.send(bytes, port, "127.0.0.1");
  return { ...fake, protocol, replies, send, port, box };
}

function osc(address: string, ...values: number[]): Uint8Array {
  const args = values.map((_, index) => ({ name: `v${index}`, tag: "f" as const }));
  const encoded = encode(address, { args, kind: "event", description: "" }, values);
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.bytes;
}

function bundle(...messages: Uint8Array[]): Uint8Array {
  const parts = messages.flatMap((bytes) => {
    const size = Buffer.alloc(4);
    size.writeInt32BE(bytes.length);
    return [size, bytes];
  });
  return Buffer.concat([Buffer.from("#bundle\0"), Buffer.alloc(8), ...parts]);
}

it("carries out a command and answers the port that it came from", async () => {
  const { send, replies, sent } = await start();
  send(osc("/vj/audio_analyzer/nudge", -10));
  await waitFor("the answer", () => replies.length === 1);
  expect(replies).toEqual([["/vj/reply", "/vj/audio_analyzer/nudge", 1, "done"]]);
  send(osc("/vj/audio_analyzer/shutdown"));
  await waitFor("the refusal", () => replies.length === 2);
  expect(replies[1]?.slice(0, 3)).toEqual(["/vj/reply", "/vj/audio_analyzer/shutdown", 0]);
  expect(sent.map(({ cmd }) => cmd)).toEqual(["nudge"]);
});

it("takes bundles, and nothing of what is malformed, too long or an answer", async () => {
  const { send, replies, sent, protocol } = await start();
  send(bundle(osc("/vj/audio_analyzer/tap", 1), osc("/vj/audio_analyzer/tap", 0), osc("/vj/audio_analyzer/shutdown")));
  await waitFor("two answers", () => replies.length === 2);
  for (const bytes of [Buffer.alloc(0), Buffer.from("/vj"), Buffer.alloc(5000, "/"), Buffer.from("#bundle\0"), osc("/vj/reply", 1), osc("/vj")]) send(bytes);
  await waitFor("the count", () => protocol.state()["datagrams"] === 7);
  expect(protocol.state()).toMatchObject({ done: 1, released: 1, not_allowed: 1, malformed: 4, bad_arguments: 1 });
  expect(sent).toHaveLength(1);
});

it("lets no more than its rate through in a flood, and answers no more than that", async () => {
  const { send, replies, sent, protocol, port } = await start({ remote_rate: 20 });
  const began = performance.now();
  for (let n = 0; n < 3000; n += 1) send(osc(n % 2 === 0 ? "/vj/audio_analyzer/tap" : "/vj/audio_analyzer/shutdown"));
  await waitFor("the flood to be counted", () => Number(protocol.state()["too_many"]) > 100);
  const seconds = Math.ceil((performance.now() - began) / 1000) + 1;
  // One sender has half of the rate.
  expect(sent.length).toBeLessThanOrEqual(10 * seconds);
  expect(replies.length).toBeLessThanOrEqual(10 * seconds);
  expect(protocol.state()["port"]).toBe(port);
});

it("says that commands are lost in a flood, and from whom it comes", async () => {
  const { send, protocol } = await start();
  await waitFor("the condition", () => {
    // The system keeps some hundreds of messages for a socket.
    for (let n = 0; n < 100; n += 1) send(osc("/vj/audio_analyzer/tap"));
    return protocol.condition?.()?.level === "degraded";
  });
  expect(protocol.condition?.()).toMatchObject({ level: "degraded", text: "the remote gets more messages than it looks at, most recently from 127.0.0.1; commands are lost" });
});

// Other systems have one loopback address.
it.skipIf(process.platform !== "linux")("answers forged senders no more often than its rate, and still carries out what is allowed", async () => {
  const { replies, sent, send, port, protocol } = await start({ remote_rate: 20 });
  const senders = Array.from({ length: 30 }, () => createSocket("udp4"));
  onTestFinished(() => senders.forEach((sender) => sender.close()));
  let answers = 0;
  const began = performance.now();
  for (const [index, sender] of senders.entries()) {
    sender.on("message", () => (answers += 1));
    sender.bind(0, `127.0.0.${index + 2}`);
    await once(sender, "listening");
    for (let n = 0; n < 5; n += 1) sender.send(osc("/vj/audio_analyzer/shutdown"), port, "127.0.0.1");
  }
  await waitFor("all refusals", () => protocol.state()["not_allowed"] === 150);
  send(osc("/vj/audio_analyzer/tap"));
  await waitFor("the answer", () => replies.length === 1);
  expect(sent).toHaveLength(1);
  expect(answers).toBeGreaterThan(0);
  expect(answers).toBeLessThanOrEqual(20 * (Math.ceil((performance.now() - began) / 1000) + 1));
});

it("says who has its port, and takes it when it is free", async () => {
  const other = createSocket("udp4").bind(0, "127.0.0.1");
  await once(other, "listening");
  const { context } = fakeContext({ remote_port: other.address().port });
  const protocol = await remoteProtocol.start(context);
  onTestFinished(() => protocol.close());
  await waitFor("the problem", () => protocol.condition?.()?.level === "degraded");
  expect(protocol.condition?.()?.text).toContain(`UDP port ${other.address().port} is taken by`);
  other.close();
  await waitFor("the port", () => protocol.condition?.()?.level === "ok" && protocol.state()["port"] !== 0);
});
