import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { audioOsc, subscribeArgsSchema, trackOsc } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTelemetry, encode, keepFeed, subscribeTo } from "../src/index.ts";
import type { FeedClient } from "../src/index.ts";

type Answer = (cmd: string, args: Record<string, unknown>) => Promise<Reply> | Reply;

/** A control connection played by the test. */
class StandInClient implements FeedClient {
  connected = true;
  readonly asked: string[] = [];
  #listeners: { event: string; listener: () => void }[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  async request(cmd: string, args: Record<string, unknown>): Promise<Reply> {
    this.asked.push(cmd);
    return this.#answer(cmd, args);
  }

  on(event: string, listener: () => void): () => void {
    const entry = { event, listener };
    this.#listeners.push(entry);
    return () => (this.#listeners = this.#listeners.filter((other) => other !== entry));
  }

  turn(event: "connect" | "disconnect"): void {
    this.connected = event === "connect";
    for (const entry of [...this.#listeners]) if (entry.event === event) entry.listener();
  }
}

const ok = (data: Record<string, unknown> | null = null): Reply => ({ success: true, message: null, data });

/** A UDP socket of a third party. */
async function stranger(port = 0, host = "127.0.0.1"): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(port, host);
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  return socket;
}

function track(title: string): Uint8Array {
  const encoded = encode("/karaoke/track", trackOsc["/karaoke/track"], [1, "virtualdj", "A", title, "", 0, 0]);
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.bytes;
}

const send = (socket: Socket, title: string, port: number): Promise<void> =>
  new Promise((resolve) => socket.send(track(title), port, "127.0.0.1", () => resolve()));

describe("a feed", () => {
  it("accepts only the worker's packets, including those before the reply", async () => {
    const [worker, mallory] = [await stranger(), await stranger()];
    const neighbour = await stranger(worker.address().port, "127.0.0.2");
    const titles: unknown[] = [];
    const client = new StandInClient(async (_cmd, { port }) => {
      await send(mallory, "forged before", Number(port));
      await send(worker, "first", Number(port));
      return ok({ source_port: worker.address().port });
    });
    const feed = await subscribeTo(client, { onMessage: ({ args }) => titles.push(args[3]) });
    onTestFinished(feed.close);
    await send(neighbour, "forged from another address", feed.port);
    await send(mallory, "forged after", feed.port);
    await send(worker, "last", feed.port);
    await waitFor("the last", () => titles.includes("last"));
    expect(titles).toEqual(["first", "last"]);
  });

  it("accepts nothing after the end of the connection, even from the worker's old port", async () => {
    const worker = await stranger();
    const titles: unknown[] = [];
    const client = new StandInClient(() => ok({ source_port: worker.address().port }));
    const feed = await subscribeTo(client, { onMessage: ({ args }) => titles.push(args[3]) });
    await send(worker, "alive", feed.port);
    await waitFor("it", () => titles.length === 1);
    client.turn("disconnect");
    const successor = await stranger(feed.port);
    const received = once(successor, "message");
    await send(worker, "from the grave", feed.port);
    await received;
    expect(titles).toEqual(["alive"]);
    expect(client.asked).toEqual(["subscribe"]);
  });

  it("keeps to the first port seen when the reply has none", async () => {
    const [worker, mallory] = [await stranger(), await stranger()];
    const titles: unknown[] = [];
    const feed = await subscribeTo(new StandInClient(() => ok()), { onMessage: ({ args }) => titles.push(args[3]) });
    onTestFinished(feed.close);
    await send(worker, "one", feed.port);
    await waitFor("the first", () => titles.length === 1);
    await send(mallory, "forged", feed.port);
    await send(worker, "two", feed.port);
    await waitFor("the second", () => titles.includes("two"));
    expect(titles).toEqual(["one", "two"]);
  });

  it("gives the reason of a refusal, and frees its port", async () => {
    const refuses = new StandInClient(() => ({ success: false, message: "too many", data: null }));
    await expect(subscribeTo(refuses, { onMessage: () => {} })).rejects.toThrow("too many");
    const silent = new StandInClient(() => Promise.reject(new Error("no answer in time")));
    await expect(subscribeTo(silent, { onMessage: () => {} })).rejects.toThrow("no answer in time");
    // The reply may only have been late, so the worker is asked to stop.
    expect(silent.asked).toEqual(["subscribe", "unsubscribe"]);
  });

  it("gets all messages of a real sender, whose port it knows", async () => {
    const telemetry = createTelemetry({ table: trackOsc, targets: [] });
    onTestFinished(() => telemetry.close());
    telemetry.send("/karaoke/track", [1, "virtualdj", "A", "state", "", 0, 0]);
    const client = new StandInClient(async (_cmd, args) => ok({ source_port: await telemetry.subscribe(subscribeArgsSchema.parse(args)).sourcePort }));
    const titles: unknown[] = [];
    const feed = await subscribeTo(client, { onMessage: ({ args }) => titles.push(args[3]) });
    onTestFinished(feed.close);
    telemetry.send("/karaoke/track", [1, "virtualdj", "A", "news", "", 0, 0]);
    await waitFor("both", () => titles.length === 2);
    expect(titles).toEqual(["state", "news"]);
  });
});

it("a subscription with a rate gets fewer messages of a stream, and each beat and event", async () => {
  const telemetry = createTelemetry({ table: { ...trackOsc, ...audioOsc }, targets: [] });
  onTestFinished(() => telemetry.close());
  const client = new StandInClient(async (_cmd, args) => ok({ source_port: await telemetry.subscribe(subscribeArgsSchema.parse(args)).sourcePort }));
  const received: string[] = [];
  const feed = await subscribeTo(client, { rate: 1, bundled: true, onMessage: ({ address, args }) => received.push(address === "/audio/beat" ? `beat ${String(args[0])}` : address) });
  onTestFinished(feed.close);
  for (let frame = 0; frame < 50; frame += 1) {
    telemetry.send("/audio/levels", [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.1 + frame / 100]);
    telemetry.send("/audio/beat", [frame === 30 ? 1 : 0, 0.5]);
  }
  telemetry.send("/karaoke/track", [1, "virtualdj", "A", "last", "", 0, 0]);
  await waitFor("the last message", () => received.includes("/karaoke/track"));
  expect(received.filter((what) => what.startsWith("beat"))).toEqual(["beat 0", "beat 1", "beat 0"]);
  expect(received.filter((what) => what === "/audio/levels")).toHaveLength(1);
});

describe("a kept feed", () => {
  it("subscribes at each connection on a fresh port, and for other addresses when asked", async () => {
    const asked: { port: unknown; addresses: unknown }[] = [];
    const client = new StandInClient((cmd, { port, addresses }) => {
      if (cmd === "subscribe") asked.push({ port, addresses });
      return ok();
    });
    const changes: boolean[] = [];
    const kept = keepFeed(client, { addresses: ["/a"], onMessage: () => {}, onChange: (now) => changes.push(now) });
    onTestFinished(kept.close);
    await waitFor("the first", () => changes.length === 1);
    client.turn("disconnect");
    client.turn("connect");
    await waitFor("the second", () => changes.length === 3);
    kept.listen(["/b"]);
    await waitFor("the third", () => changes.length === 4);
    expect(changes).toEqual([true, false, true, true]);
    expect(asked.map(({ addresses }) => addresses)).toEqual([["/a"], ["/a"], ["/b"]]);
    expect(asked[1]?.port).not.toBe(asked[2]?.port);
    // The earlier port is freed.
    expect(client.asked).toEqual(["subscribe", "subscribe", "subscribe", "unsubscribe"]);
  });

  it("asks again while it is refused, and reports each reason once", async () => {
    let tries = 0;
    const client = new StandInClient(() => ((tries += 1) < 4 ? { success: false, message: tries < 3 ? "full" : "still full", data: null } : ok()));
    const problems: string[] = [];
    let subscribed = false;
    const kept = keepFeed(client, {
      onMessage: () => {},
      onChange: (now) => (subscribed = now),
      onProblem: (problem) => problems.push(problem),
      retryMs: 1,
    });
    onTestFinished(kept.close);
    await waitFor("the fourth try", () => subscribed);
    expect(problems).toEqual(["full", "still full"]);
  });
});
