import { createSocket } from "node:dgram";
import { audioOsc, targetSchema } from "@vj/schema";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ReceiverOptions, Receiver } from "../src/index.ts";
import { createReceiver, createTelemetry, encode } from "../src/index.ts";

async function listen(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await createReceiver(options);
  onTestFinished(() => receiver.close());
  return receiver;
}

function sendRaw(port: number, datagrams: (string | Uint8Array)[]): void {
  const socket = createSocket("udp4");
  onTestFinished(() => void socket.close());
  for (const datagram of datagrams) socket.send(datagram, port, "127.0.0.1");
}

function levels(value: number): Uint8Array {
  const encoded = encode("/audio/levels", audioOsc["/audio/levels"], Array(8).fill(value));
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.bytes;
}

describe("receiver", () => {
  it("keeps the newest message per address", async () => {
    const receiver = await listen();
    sendRaw(receiver.port, [levels(0), levels(1), "/flag\0\0\0,T\0\0"]);
    await waitFor("messages", () => receiver.stats().messages === 3);
    expect(receiver.latest("/audio/levels")).toMatchObject({ count: 2, message: { tags: "ffffffff", args: Array(8).fill(1) } });
    expect(receiver.entries().map(({ message }) => message.address)).toEqual(["/audio/levels", "/flag"]);
    expect(receiver.latest("/nothing")).toBeUndefined();
    receiver.clear();
    expect(receiver.entries()).toEqual([]);
    expect(receiver.stats()).toMatchObject({ packets: 0, messages: 0 });
  });

  it("drops and counts packets that are not OSC, and goes on", async () => {
    const receiver = await listen({ maxAddresses: 1 });
    sendRaw(receiver.port, ["nonsense", "/a\0\0,i\0\0", "", "/a\0\0,\0\0\0", "/b\0\0,\0\0\0"]);
    await waitFor("packets", () => receiver.stats().packets === 5);
    expect(receiver.stats()).toMatchObject({ messages: 2, malformed: 3, overflow: 1 });
  });

  it("reports when a message arrived", async () => {
    const times: number[] = [];
    const before = Date.now();
    const receiver = await listen();
    receiver.on("message", (_, receivedAt) => times.push(receivedAt));
    sendRaw(receiver.port, [levels(1)]);
    await waitFor("a message", () => times.length === 1);
    expect(times[0]).toBeGreaterThanOrEqual(before);
  });

  it("passes on every packet unchanged, for recording", async () => {
    const packets: [string, number][] = [];
    const before = Date.now();
    const receiver = await listen();
    receiver.on("packet", (bytes, at) => packets.push([Buffer.from(bytes).toString("hex"), at]));
    const sent = [levels(1), Buffer.from("nonsense")];
    sendRaw(receiver.port, sent);
    await waitFor("both packets", () => packets.length === 2);
    expect(packets.map(([bytes]) => bytes)).toEqual(sent.map((bytes) => Buffer.from(bytes).toString("hex")));
    for (const [, at] of packets) expect(Math.abs(at - before)).toBeLessThan(60_000);
    expect(packets[1]?.[1]).toBeGreaterThanOrEqual(packets[0]?.[1] ?? Infinity);
  });

  it("reads back the granted receive buffer", async () => {
    const small = await listen({ receiveBufferBytes: 65_536 });
    const large = await listen();
    expect(small.stats().receiveBufferBytes).toBeGreaterThan(0);
    expect(large.stats().receiveBufferBytes).toBeGreaterThan(small.stats().receiveBufferBytes);
  });

  it("asks for less when the kernel refuses", async () => {
    const receiver = await listen({ receiveBufferBytes: 2 ** 34 });
    expect(receiver.stats().receiveBufferBytes).toBeGreaterThan(0);
  });

  it("names a port that is taken", async () => {
    const { port } = await listen();
    await expect(createReceiver({ port })).rejects.toThrow(
      new RegExp(`^cannot listen on UDP 127\\.0\\.0\\.1:${port}: UDP port ${port} is taken by .+; end it, or take \\d+, which is free$`),
    );
  });

  it("names an address that this machine does not have", async () => {
    await expect(createReceiver({ host: "192.0.2.1" })).rejects.toThrow(/192\.0\.2\.1:0: this machine does not have this address/);
  });

  it("loses nothing of 1,200 messages while its loop stands still for 200 ms", async () => {
    const receiver = await listen();
    const telemetry = createTelemetry({ table: audioOsc, targets: [targetSchema.parse({ name: "t", port: receiver.port })] });
    onTestFinished(() => telemetry.close());
    await telemetry.settled();
    const until = performance.now() + 200;
    // Sender and receiver share this loop: nothing is read until the last message is sent and the stall is over.
    for (let n = 0; n < 1200; n += 1) telemetry.send("/audio/levels", new Float32Array(8).fill(1));
    while (performance.now() < until);
    await waitFor("all messages", () => receiver.stats().messages === 1200);
    expect(receiver.stats()).toMatchObject({ packets: 1200, malformed: 0 });
  });
});
