import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audioOsc, managerName, oscTags } from "@vj/schema";
import { needs, spawnProcess, waitFor } from "@vj/test-kit";
import { RealRig } from "../src/rig.ts";
import { attack } from "./attack.ts";
import { checkInvariants, watchTelemetry } from "../src/invariants.ts";

let rig: RealRig;
let dumpPort: number;
let workers: string[];

async function freePort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}

// The harness finds the processes of a rig in /proc.
describe("the whole rig", needs("proc"), () => {
  beforeAll(async () => {
    dumpPort = await freePort();
    rig = await RealRig.prepare();
    rig.addTarget(`127.0.0.1:${dumpPort}`);
    await rig.vj("up");
    workers = await rig.enabledWorkers();
  });

  afterAll(async () => {
    await rig.vj("down");
    await rig.remove();
  });

  it("runs every worker of the tree, each once, with telemetry at 60 per second", async () => {
    expect(workers.sort()).toEqual([
      "audio_analyzer",
      "desktop_monitor",
      "lyrics_fetcher",
      "now_playing",
      "osc_debugger",
      "spotify_monitor",
      "virtualdj_monitor",
    ]);
    await checkInvariants(rig, workers, new Map());
  });

  it("works with a client that was written from the description alone", needs("python3"), async () => {
    const sockets = [managerName, ...workers].map((worker) => rig.socket(worker));
    const python = spawnProcess("python3", [`${import.meta.dirname}/bare_client.py`, ...sockets]);
    expect(await python.exited, python.output()).toEqual({ code: 0, signal: null });
    const answers: Record<string, Record<string, unknown>> = JSON.parse(python.output());
    expect(Object.keys(answers)).toHaveLength(sockets.length);
    for (const said of Object.values(answers)) {
      expect(said).toMatchObject({
        get_state: { type: "response", msg_id: "1", data: { status: "running", pid: expect.any(Number), protocol: 1 } },
        describe: { type: "response", msg_id: "2", data: { config_schema: {}, commands: { get_state: {} }, osc: {} } },
        set_unknown: { type: "ack", msg_id: "3", success: false, message: expect.stringContaining("no_such_setting") },
        unknown: { type: "ack", msg_id: "4", success: false, message: expect.stringContaining("fly_to_the_moon") },
        broken: { type: "error", error: expect.stringContaining("not JSON") },
        invalid: { type: "ack", msg_id: "5", success: false },
        after_broken: { type: "response", msg_id: "6" },
        other: { type: "response", msg_id: "two" },
        oversize: { type: "error", error: expect.stringContaining("too long") },
        oversize_end: 0,
        still_there: { type: "response", msg_id: "7" },
      });
    }
  });

  it("sends every audio address at its rate with its exact tags, as received by a foreign program", needs("oscdump"), async () => {
    const dump = spawnProcess("stdbuf", ["-oL", "oscdump", String(dumpPort)]);
    await dump.printed(/\/audio\/levels/);
    await dump.printed(/\/audio\/bpm/);
    const from = dump.output().length;
    const begun = performance.now();
    let lines: string[] = [];
    await waitFor("five seconds of levels", () => {
      lines = dump.output().slice(from).split("\n");
      return lines.filter((line) => line.includes("/audio/levels")).length >= 300;
    });
    const seconds = (performance.now() - begun) / 1000;
    await dump.kill();
    const seen = new Map<string, number>();
    for (const line of lines) {
      const [, address, tags] = line.split(" ");
      if (address !== undefined) seen.set(`${address} ${tags ?? ""}`, (seen.get(`${address} ${tags ?? ""}`) ?? 0) + 1);
    }
    for (const [address, entry] of Object.entries(audioOsc)) {
      if (entry.kind !== "stream") continue;
      const rate = (seen.get(`${address} ${oscTags(entry)}`) ?? 0) / seconds;
      expect(rate, `${address} ${oscTags(entry)}`).toBeGreaterThan((entry.rate ?? 0) * 0.8 - 0.3);
      expect(rate, `${address} ${oscTags(entry)}`).toBeLessThan((entry.rate ?? 0) * 1.2 + 0.3);
    }
  });

  it("keeps its rate and its memory while its socket is attacked, and its log is readable afterwards", async () => {
    const worker = "audio_analyzer";
    const [pid = 0] = rig.pidsOf(worker);
    const log = path.join(rig.busDir, "logs", `${worker}.log`);
    const before = { rss: residentMb(pid), log: readFileSync(log, "utf8").length };
    const playsOn = watchTelemetry(rig);
    const attackers = await attack(rig.socket(worker));
    const frames = (): number => rig.receiver.latest("/audio/levels")?.count ?? 0;
    const wanted = frames() + 240;
    await waitFor("four seconds of frames", () => frames() >= wanted);
    const during = residentMb(pid);
    await playsOn();
    attackers.end();
    expect(rig.pidsOf(worker)).toEqual([pid]);
    expect(during - before.rss).toBeLessThan(200);
    const said = readFileSync(log, "utf8").slice(before.log).trim().split("\n");
    expect(said.length, said.join("\n")).toBeLessThan(10);
    await checkInvariants(rig, workers, new Map());
  });
});

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
