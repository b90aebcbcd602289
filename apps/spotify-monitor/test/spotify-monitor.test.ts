import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createReceiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "@vj/worker/testing";
import { environmentOverrides } from "../src/config.ts";

const command = [process.execPath, path.join(import.meta.dirname, "../bin/spotify-monitor.js")] as const;
const env = { SPOTIPY_CLIENT_ID: "", SPOTIPY_REDIRECT_URI: "", SPOTIFY_REDIRECT_URI: "" };

describe("as a worker", () => {
  const subject = {
    name: "spotify_monitor",
    command,
    env,
    validConfig: { poll_interval: 5, api_url: "http://127.0.0.1:8080" },
    invalidConfig: { poll_interval: 0 },
  };
  for (const { name, run } of workerContract(subject)) it(name, run);
});

describe("without credentials", () => {
  it("runs idle, says why, and leaves /karaoke/ alone", async () => {
    const receiver = await createReceiver({ port: 0 });
    onTestFinished(() => receiver.close());
    const worker = await WorkerProcess.prepare("spotify_monitor", {
      command,
      env: { ...env, VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}` },
    });
    onTestFinished(() => worker.remove());
    const client = await worker.start();
    const state = async (): Promise<unknown> => (await client.request("get_state", {}, { timeoutMs: 15_000 })).data;
    expect(await state()).toMatchObject({
      status: "running",
      available: false,
      reason: expect.stringContaining("SPOTIPY_CLIENT_ID"),
      poll_interval: 2,
      last_track: null,
      lacks: expect.arrayContaining([expect.stringContaining("Web API")]),
    });
    await waitFor("its own track", () => receiver.latest("/playback/spotify/track"));
    expect(receiver.latest("/playback/spotify/track")?.message).toMatchObject({
      tags: "issssfi",
      args: [0, "spotify", "", "", "", 0, 0],
    });

    const holder = await worker.connect();
    expect(await holder.request("hold_output")).toMatchObject({ success: true });
    expect(await state()).toMatchObject({ output_held: true });
    holder.close();
    await waitFor("the release", async () => JSON.stringify(await state()).includes('"output_held":false'));
    expect(receiver.latest("/karaoke/track")).toBeUndefined();

    await client.request("set_config", { client_id: "abc" }, { timeoutMs: 15_000 });
    expect(await state()).toMatchObject({ available: false, reason: expect.stringContaining("not able yet") });
  });
});

describe("the environment", () => {
  it("fixes the client id, and either name of the redirect", () => {
    expect(environmentOverrides({})).toEqual({});
    expect(environmentOverrides({ SPOTIPY_CLIENT_ID: "id", SPOTIFY_REDIRECT_URI: "http://127.0.0.1:1/a" })).toEqual({
      client_id: { value: "id", variable: "SPOTIPY_CLIENT_ID" },
      redirect_uri: { value: "http://127.0.0.1:1/a", variable: "SPOTIFY_REDIRECT_URI" },
    });
    expect(environmentOverrides({ SPOTIPY_REDIRECT_URI: "http://127.0.0.1:2/b", SPOTIFY_REDIRECT_URI: "x" })).toMatchObject({
      redirect_uri: { value: "http://127.0.0.1:2/b" },
    });
  });
});
