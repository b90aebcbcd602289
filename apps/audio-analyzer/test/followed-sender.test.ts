import { audioOsc } from "@vj/schema";
import { createReceiver, createTelemetry } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { createFollowedSender } from "../src/capture/followed-sender.ts";
import { createOscSource } from "../src/capture/osc-source.ts";

describe("several senders to one port", () => {
  it("are distinguished: the first counts, another once it is silent, and the rest are named", () => {
    const following = createFollowedSender(1000);
    expect(following.senders(0)).toBeUndefined();
    expect([following.counts("a", 0), following.counts("b", 1), following.counts("a", 900), following.counts("b", 1899)]).toEqual([true, false, true, false]);
    expect(following.senders(1900)).toEqual({ followed: "a", ignored: ["b"] });
    expect([following.counts("b", 1900), following.counts("a", 1901)]).toEqual([true, false]);
    expect(following.senders(1902)).toEqual({ followed: "b", ignored: ["a"] });
    expect(following.senders(4902)).toEqual({ followed: "b", ignored: [] });
  });

  it("are remembered in a bounded number, and those of now", () => {
    const following = createFollowedSender(1000);
    following.counts("a", 0);
    for (let port = 1; port <= 60_000; port += 1) following.counts(`127.0.0.1:${port}`, 500);
    expect(following.senders(500)?.ignored).toHaveLength(16);
    expect(following.counts("a", 999)).toBe(true);
  });

  it("are not mixed, by real sockets; the second is followed once the first is silent", async () => {
    const probe = await createReceiver();
    const { port } = probe;
    await probe.close();
    const source = createOscSource(port);
    onTestFinished(() => source.stop());
    const arrived: number[] = [];
    source.start(() => {}, (message) => {
      if (message.address === "/audio/bpm") arrived.push(message.args.tempo);
    });
    const send = (tempo: number): { stop: () => Promise<void> } => {
      const sender = createTelemetry({ table: audioOsc, targets: [{ name: "t", host: "127.0.0.1", port, enabled: true }] });
      const timer = setInterval(() => sender.send("/audio/bpm", { tempo, confidence: 1 }), 10);
      const stop = (): Promise<void> => {
        clearInterval(timer);
        return sender.close();
      };
      onTestFinished(stop);
      return { stop };
    };
    const first = send(100);
    await waitFor("the first", () => arrived.length >= 5);
    send(140);
    await waitFor("the second to be named", () => source.status().senders?.ignored.length === 1);
    const before = arrived.length;
    await waitFor("more", () => arrived.length >= before + 50);
    // Mixed, every other one is of the other sender. Only where this machine stands still for a second may the second be followed early.
    expect(arrived.filter((tempo, index) => index > 0 && tempo !== arrived[index - 1]).length).toBeLessThan(5);
    await first.stop();
    await waitFor("the second", () => arrived.at(-1) === 140);
    expect(source.status().senders?.followed).toMatch(/^127\.0\.0\.1:\d+$/);
  });
});
