import { createServer } from "node:http";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { ControlClient } from "@vj/control";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it, onTestFinished } from "vitest";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess } from "@vj/worker/testing";
import { parsePlaylist } from "../src/prepare/parse-playlist.ts";
import { summaryLines } from "../src/prepare/report.ts";
import { VjRig } from "./vj-rig.ts";

const songs = (text: string): string[] => parsePlaylist(text).songs.map(({ artist, title, duration }) => `${artist} | ${title} | ${duration}`);

describe("a set list", () => {
  it.each<[string, string, string[]]>([
    ["lines", "Daft Punk - Around the World\n# a comment\n\nAir – La femme d'argent\nAC/DC\tT.N.T.\n1. Moby - Porcelain\n02 - Orbital - Halcyon - On and On\n", ["Daft Punk | Around the World | 0", "Air | La femme d'argent | 0", "AC/DC | T.N.T. | 0", "Moby | Porcelain | 0", "Orbital | Halcyon - On and On | 0"]],
    ["an m3u", "#EXTM3U\r\n#EXTINF:429,Daft Punk - Around the World\r\nC:\\Music\\01.mp3\r\n#EXTINF:-1,\r\n/music/Air - Sexy Boy.flac\r\nfile:///m/Moby%20-%20Go.mp3\r\n", ["Daft Punk | Around the World | 429", "Air | Sexy Boy | 0", "Moby | Go | 0"]],
    ["paths alone", "music/01. Air - Sexy_Boy.mp3\n", ["Air | Sexy Boy | 0"]],
    ["a VirtualDJ history", "VirtualDJ History 2026/11/20\n------------------\n22:53 : Daft Punk - Around the World\n22:58 : Air - Sexy Boy\n", ["Daft Punk | Around the World | 0", "Air | Sexy Boy | 0"]],
    ["its m3u", "#EXTVDJ:<time>22:53</time><lastplaytime>1764194000</lastplaytime><artist>Daft Punk</artist><title>One &amp; Two</title><songlength>200.5</songlength>\nD:\\x.mp3\n", ["Daft Punk | One & Two | 200.5"]],
    ["vj played", '{"at":"2026-11-20T22:00:00.000Z","source":"spotify","artist":"A","title":"T","album":"","duration":12.5}\nbroken\n{"title":5}\n', ["A | T | 12.5"]],
    ["a list of objects", '[{"artist":"A","title":"T"},{"artist":"","title":"U"}]', ["A | T | 0"]],
    ["one song twice", "A - T\na - t\nA - U", ["A | T | 0", "A | U | 0"]],
    ["nothing", "\n\n", []],
  ])("is read: %s", (_name, text, expected) => expect(songs(text)).toEqual(expected));

  it("says which lines name no song", () => {
    const wide = " ".repeat(200_000);
    expect(songs(`A  \t-\t T\n${wide}A${wide}\n${"B".repeat(9000)} -${wide}T\nC - U`)).toEqual(["A | T | 0", "C | U | 0"]);
    expect(parsePlaylist("A - T\njust words").unread).toEqual(["just words"]);
    expect(parsePlaylist("#EXTM3U\n#EXTINF:3,nobody\nx/01.mp3\n").unread).toEqual(["x/01.mp3"]);
  });

  it("never throws, and names nothing that could steer a terminal", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("#EXTM3U", "#EXTINF:1,", "#EXTVDJ:<title>", "22:53 : ", "{", "[", " - ", "\u001b[2J"))), (parts) => {
        for (const { artist, title } of parsePlaylist(parts.join("\n")).songs) expect(/[\u0000-\u001f\u007f-\u009f]/.test(`${artist}${title}`)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

interface Service {
  url: string;
  /** Titles asked for. */
  asked: string[];
  /** Answers with this status from now on; undefined: as it should. */
  status: number | undefined;
}

/** LRCLIB, as far as this needs it. */
async function lyricsService(): Promise<Service> {
  const service: Service = { url: "", asked: [], status: undefined };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const title = url.searchParams.get("track_name") ?? "";
    if (url.pathname === "/api/get") service.asked.push(title);
    if (service.status !== undefined) return void response.writeHead(service.status).end();
    if (title.startsWith("None")) return void response.writeHead(url.pathname === "/api/get" ? 404 : 200, { "content-type": "application/json" }).end(url.pathname === "/api/get" ? "{}" : "[]");
    if (url.pathname === "/api/search") return void response.end("[]");
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ id: 1, trackName: title, artistName: url.searchParams.get("artist_name"), syncedLyrics: "[00:01.00]la la\n[00:02.00]la la", plainLyrics: "la la" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const bound = server.address();
  service.url = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`;
  return service;
}

const program = new URL("../../lyrics-fetcher/bin/lyrics-fetcher.js", import.meta.url).pathname;

interface PrepareSetup {
  vj: VjRig;
  worker: WorkerProcess;
  client: ControlClient;
  service: Service;
  list(name: string, text: string): string;
}

async function setUp(): Promise<PrepareSetup> {
  const vj = new VjRig();
  onTestFinished(() => vj[Symbol.asyncDispose]());
  const worker = await WorkerProcess.prepare("lyrics_fetcher", { command: [process.execPath, program], env: { OPENAI_API_KEY: "", COMFYUI_ENABLED: "" } });
  onTestFinished(() => worker.remove());
  vj.env["VJ_BUS_DIR"] = worker.busDir;
  const client = await worker.start();
  const service = await lyricsService();
  await client.request("set_config", { lrclib_url: service.url, llm_enabled: false });
  return {
    vj,
    worker,
    client,
    service,
    list: (name, text) => {
      writeFileSync(vj.dir.join(name), text);
      return vj.dir.join(name);
    },
  };
}

describe("vj prepare", () => {
  it("fetches a set list, says what is missing, and asks for nothing twice", async () => {
    const { vj, client, service, list } = await setUp();
    const file = list("set.txt", "A - One\nA - None of it\nnot a song\nA - Two\n");
    const first = await vj.run("prepare", file);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain("not a song");
    expect(first.stdout.split("\n").slice(0, 4)).toEqual(["1/3 A - One: lyrics, mood by words", "2/3 A - None of it: no lyrics", "3/3 A - Two: lyrics, mood by words", "2 of 3 songs are ready, 0 with a mood by a language model"]);
    expect(first.stdout).toMatch(/NOT COMPLETE +THERE IS.*\nA - None of it +no lyrics +no source has lyrics of it\n/);
    const again = await vj.run("prepare", file, "--json");
    expect(again.stdout.trim().split("\n").map((line) => (JSON.parse(line) as { lyrics: string }).lyrics)).toEqual(["lines", "none", "lines"]);
    expect(service.asked.filter((title) => title === "One")).toHaveLength(1);
    expect((await client.request("get_state")).data).toMatchObject({ current_track: null, has_lyrics: false });
  });

  it("stops when nobody can be asked, and goes on where it was", async () => {
    const { vj, service, list } = await setUp();
    const file = list("set.txt", ["A - One", ...Array.from({ length: 9 }, (_, index) => `A - Later ${index}`)].join("\n"));
    expect(await vj.run("prepare", list("one.txt", "A - One"))).toMatchObject({ code: 0 });
    service.status = 503;
    const away = await vj.run("prepare", file);
    expect(away.code).toBe(1);
    expect(away.stdout).toContain("run the same command again to complete them");
    expect(away.stderr).toContain("4 were not prepared");
    expect(away.stdout).toContain("1 of 10 songs are ready");
    service.status = undefined;
    expect((await vj.run("prepare", file)).stdout).toContain("10 of 10 songs are ready");
    expect(service.asked.filter((title) => title === "One")).toHaveLength(1);
  });

  it("lists some of the songs that were not asked for, and says once what completes them", () => {
    const rest = Array.from({ length: 400 }, (_, index) => ({ artist: "A", title: `Song ${index}` }));
    const lines = summaryLines([], rest);
    expect(lines.filter((line) => line.includes("not asked  "))).toHaveLength(10);
    expect(lines.slice(-3)).toEqual(["… and 390 more that were not asked for", "", expect.stringContaining("run the same command again")]);
    expect(summaryLines([], rest.slice(0, 10)).join("\n")).not.toContain("more that");
  });

  it("goes on when the worker was killed in the middle of a song, and is back", async () => {
    const { vj, worker, service, list } = await setUp();
    const file = list("set.txt", Array.from({ length: 8 }, (_, index) => `A - Song ${index}`).join("\n"));
    const run = vj.run("prepare", file);
    await waitFor("the second song", () => service.asked.includes("Song 1"));
    await worker.kill("SIGKILL");
    await worker.start();
    expect(await run).toMatchObject({ code: 0, stdout: expect.stringContaining("8 of 8 songs are ready") });
    expect(service.asked.filter((title) => title === "Song 0")).toHaveLength(1);
  });

  it("says what to start, and what it cannot read", async () => {
    await using empty = new VjRig();
    writeFileSync(empty.dir.join("set.txt"), "A - One");
    expect(await empty.run("prepare", empty.dir.join("set.txt"))).toMatchObject({ code: 1, stderr: expect.stringContaining("vj start lyrics_fetcher") });
    expect(await empty.run("prepare", empty.dir.join("none.txt"))).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot read .*none.txt: it does not exist[^]*understood: m3u/) });
    expect(await empty.run("prepare", "https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M")).toMatchObject({ code: 1, stderr: expect.stringContaining("vj spotify login") });
  });
});
