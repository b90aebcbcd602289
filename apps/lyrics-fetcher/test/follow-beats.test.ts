import { describe, expect, it, onTestFinished } from "vitest";
import { serve, socketPath } from "@vj/control";
import { audioOsc, subscribeArgsSchema } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";
import { tempDir, waitFor } from "@vj/test-kit";
import { BeatFeed } from "../src/words/follow-beats.ts";

describe("the beats of the analyzer", () => {
  it("are listened to while they are wanted, and give a grid", async () => {
    const dir = tempDir();
    const telemetry = createTelemetry({ table: audioOsc, targets: [] });
    let subscribed = 0;
    const server = await serve({
      path: socketPath("audio_analyzer", dir.path),
      onCommand: (received, peer) => {
        const handle = telemetry.subscribe(subscribeArgsSchema.parse(received));
        subscribed += 1;
        peer.on("close", () => {
          subscribed -= 1;
          handle.end();
        });
        return { type: "ack", success: true, message: null, data: null };
      },
    });
    const feed = new BeatFeed(dir.path);
    onTestFinished(async () => {
      await feed.close();
      await server.close();
      await telemetry.close();
      dir.remove();
    });
    feed.want(true);
    feed.want(true);
    await waitFor("the subscription", () => subscribed === 1);
    // Real time: what is measured is when they come.
    const beats = setInterval(() => {
      telemetry.send("/audio/beat", [1, 0.5]);
      telemetry.send("/audio/beat", [0, 0.1]);
    }, 300);
    onTestFinished(() => clearInterval(beats));
    await waitFor("a grid", () => feed.grid() !== undefined);
    expect(feed.grid()?.period).toBeGreaterThan(250);
    expect(feed.grid()?.period).toBeLessThan(450);
    feed.want(false);
    await waitFor("the end of the subscription", () => subscribed === 0);
  });
});
