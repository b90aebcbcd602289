import { createSocket } from "node:dgram";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createReceiver } from "@vj/telemetry";
import { needs, spawnProcess, waitFor } from "@vj/test-kit";
import { WorkerProcess } from "@vj/worker/testing";
import { StandInVirtualDj, freePort } from "../helpers/stand-in-virtualdj.ts";

const command = [process.execPath, path.join(import.meta.dirname, "../../bin/virtualdj-monitor.js")] as const;

interface OscSetup {
  readonly tracks: string[];
  /** Each with the title of the track that was live. */
  readonly positions: (readonly [title: string, seconds: number])[];
  readonly file: string;
  until(what: string, holds: (state: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
}

async function setUp(config: Record<string, unknown>): Promise<OscSetup> {
  const tracks: string[] = [];
  const positions: (readonly [title: string, seconds: number])[] = [];
  const receiver = await createReceiver();
  receiver.on("message", ({ address, args }) => {
    if (address === "/karaoke/track") tracks.push(args.slice(0, 4).join("|"));
    if (address === "/karaoke/pos") positions.push([tracks.at(-1)?.split("|")[3] ?? "", Number(args[0])]);
  });
  onTestFinished(() => receiver.close());
  const env = { HOME: "/nonexistent", VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}` };
  const worker = await WorkerProcess.prepare("virtualdj_monitor", { command, env });
  onTestFinished(() => worker.remove());
  const file = path.join(worker.dir, "music/now_playing.txt");
  mkdirSync(path.dirname(file));
  writeFileSync(path.join(worker.configDir, "virtualdj_monitor.json"), JSON.stringify({ file_path: file, ...config }), { mode: 0o600 });
  const client = await worker.start();
  return {
    tracks,
    positions,
    file,
    until: (what, holds) =>
      waitFor(what, async () => {
        const state = (await client.request("get_state", {}, { timeoutMs: 15_000 })).data ?? {};
        return holds(state) ? state : undefined;
      }),
  };
}

const song = { get_title: "Glue", get_artist: "Bicep", get_songlength: 240, play: 1, is_audible: 1, volume: 1, song_pos: 0.25, loaded: 1 };

describe("VirtualDJ over OSC", () => {
  it("takes precedence over the file while it answers: audible deck, position, and the file again once it is gone", async () => {
    const virtualdj = await StandInVirtualDj.start();
    virtualdj.backPort = await freePort();
    virtualdj.on = false;
    const { tracks, file, until } = await setUp({ osc_port: virtualdj.backPort, osc_query_port: virtualdj.port });
    writeFileSync(file, "Rone - Parade\n");
    await waitFor("the file", () => tracks.at(-1) === "1|virtualdj|Rone|Parade");
    virtualdj.deck(1, song);
    virtualdj.on = true;
    const state = await until("the deck", ({ osc, deck, last_track }) => osc === "alive" && deck === 1 && JSON.stringify(last_track).includes("Glue"));
    expect(state).toMatchObject({ is_playing: true, last_track: { duration: 240 } });
    expect(Number(state["position"])).toBeGreaterThan(59);
    virtualdj.deck(2, { ...song, get_title: "Halcyon", get_artist: "Orbital", song_pos: 0 });
    virtualdj.deck(1, { is_audible: "" });
    await waitFor("the other deck", () => tracks.at(-1) === "1|virtualdj|Orbital|Halcyon");
    // Both names of a track are published together, however they arrive.
    expect(tracks.filter((track) => track.includes("Bicep|Halcyon") || track.includes("Orbital|Glue"))).toEqual([]);
    const { answered } = virtualdj;
    await waitFor("some answers", () => virtualdj.answered > answered + 12);
    virtualdj.stop();
    await waitFor("the file again", () => tracks.at(-1) === "1|virtualdj|Rone|Parade");
    await until("no answer", ({ osc, deck }) => osc === "no answer" && deck === null);
  });

  it("is found also when osc_port is the port on which it listens", async () => {
    const virtualdj = await StandInVirtualDj.start();
    virtualdj.deck(1, song);
    const { tracks } = await setUp({ osc_port: virtualdj.port });
    await waitFor("the deck", () => tracks.at(-1) === "1|virtualdj|Bicep|Glue");
  });

  it("may only push, from any program that speaks OSC", needs("oscsend"), async () => {
    const port = await freePort();
    const { tracks, until } = await setUp({ osc_port: port, osc_query_port: await freePort() });
    await until("the port", ({ osc }) => osc === "no answer");
    const push = async (verb: string, tag: string, value: string): Promise<void> => {
      await using sent = spawnProcess("oscsend", ["127.0.0.1", String(port), `/vdj/deck/1/${verb}`, tag, value]);
      await sent.exited;
    };
    await waitFor("the track", async () => {
      await push("get_artist", "s", "Bicep");
      await push("get_title", "s", "Glue");
      await push("is_audible", "s", "on");
      return tracks.at(-1) === "1|virtualdj|Bicep|Glue";
    });
    await until("playing", ({ is_playing, deck }) => is_playing === true && deck === 1);
    // A position that was pushed once is not an answer: it goes on, and does not end after three seconds.
    await push("get_songlength", "f", "240");
    await push("song_pos", "f", "0.25");
    await until("the position, four seconds on", ({ position }) => Number(position) > 64);
  });

  it("has the position of a new track with its name, not that of the one before", async () => {
    const virtualdj = await StandInVirtualDj.start();
    virtualdj.backPort = await freePort();
    const { tracks, positions, until } = await setUp({ osc_port: virtualdj.backPort, osc_query_port: virtualdj.port });
    virtualdj.deck(1, { ...song, song_pos: 0.9 });
    await until("the end of the first", ({ position }) => Number(position) > 200);
    await waitFor("the subscription", () => virtualdj.subscribed.has("deck/1/get_title"));
    for (const title of ["Halcyon", "Glue", "Halcyon", "Glue", "Halcyon"]) {
      const { length } = tracks;
      positions.length = 0;
      virtualdj.deck(1, { get_title: title, song_pos: title === "Glue" ? 0.9 : 0.01 });
      const isThere = ([name, seconds]: (typeof positions)[number]): boolean => name === title && seconds > 200 === (title === "Glue");
      await waitFor(title, () => tracks.length > length && positions.some(isThere));
      // The end of a track may be shown as its start, until VirtualDJ answers where it is; the start never as the end of the one before.
      expect(positions.filter(([name, seconds]) => name === "Halcyon" && seconds > 200)).toEqual([]);
    }
  });

  it("does not change the track with each cut of a DJ, and has the one that stays", async () => {
    const virtualdj = await StandInVirtualDj.start();
    virtualdj.backPort = await freePort();
    const { tracks } = await setUp({ osc_port: virtualdj.backPort, osc_query_port: virtualdj.port });
    virtualdj.deck(1, song);
    await waitFor("the deck", () => tracks.at(-1) === "1|virtualdj|Bicep|Glue");
    await waitFor("the subscription", () => virtualdj.subscribed.has("deck/2/is_audible"));
    virtualdj.deck(2, { ...song, get_title: "Halcyon", get_artist: "Orbital" });
    const beganAt = performance.now();
    const before = tracks.length;
    let cuts = 0;
    const cut = setInterval(() => {
      cuts += 1;
      virtualdj.deck(1, { is_audible: cuts % 2 === 0 ? "on" : "" });
      virtualdj.deck(2, { is_audible: cuts % 2 === 0 ? "" : "on" });
    }, 20);
    onTestFinished(() => clearInterval(cut));
    await waitFor("many cuts", () => cuts > 100);
    expect(tracks.length - before).toBeLessThan(3 + (performance.now() - beganAt) / 2000);
    clearInterval(cut);
    virtualdj.deck(1, { is_audible: "" });
    virtualdj.deck(2, { is_audible: "on" });
    await waitFor("the one that stays", () => tracks.at(-1) === "1|virtualdj|Orbital|Halcyon");
  });

  it("is not disturbed by what makes no sense, however much of it comes", async () => {
    const virtualdj = await StandInVirtualDj.start();
    virtualdj.backPort = await freePort();
    const { tracks, until } = await setUp({ osc_port: virtualdj.backPort, osc_query_port: virtualdj.port });
    virtualdj.deck(1, song);
    await waitFor("the deck", () => tracks.at(-1) === "1|virtualdj|Bicep|Glue");
    for (const deck of ["0", "5", "99", "-1", "1a", ""]) virtualdj.say(`deck/${deck}/get_title`, "Wrong", virtualdj.backPort);
    for (const [verb, value] of [["song_pos", "abc"], ["volume", "NaN"], ["get_songlength", "1e999"], ["get_pitch_value", "x"]] as const) {
      virtualdj.say(`deck/1/${verb}`, value, virtualdj.backPort);
    }
    const noise = createSocket("udp4");
    onTestFinished(() => void noise.close());
    for (let count = 0; count < 3000; count += 1) noise.send(Buffer.from(`/noise${count}\0\0`), virtualdj.backPort, "127.0.0.1");
    virtualdj.deck(1, { ...song, get_title: "\u001b[2JGlue\u202e (Remix)" });
    await waitFor("the next track", () => tracks.at(-1) === "1|virtualdj|Bicep|Glue (Remix)");
    await until("the same deck", ({ osc, deck, is_playing }) => osc === "alive" && deck === 1 && is_playing === true);
    expect(tracks.filter((track) => track.includes("Wrong"))).toEqual([]);
  });
});
