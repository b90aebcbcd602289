import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { connect } from "@vj/control";
import { expect, it, onTestFinished } from "vitest";
import { waitFor } from "@vj/test-kit";
import { openRig } from "../../tui/src/open-rig.ts";
import { testSession } from "../../tui/test/session-fixture.ts";
import { VjRig } from "./vj-rig.ts";

const modules = fileURLToPath(new URL("../node_modules", import.meta.url));

const program = `import { SourceOutput } from "@vj/playback";
import { playbackOsc, trackOsc } from "@vj/schema";
import { Worker, runWorker } from "@vj/worker";
class TestMonitor extends Worker {
  output = new SourceOutput("test", this.telemetry);
  constructor() { super({ name: "test_monitor", version: "1.0.0", description: "A record", osc: { ...trackOsc, ...playbackOsc("test") } }); }
  commands() { return { hold_output: this.output.hold.command() }; }
  onStart() {
    this.output.publishTrack({ artist: "Enrico Caruso", title: "Vesti la giubba", album: "", duration: 0 });
    this.output.publishPosition(0, true); } }
void runWorker(() => new TestMonitor());
`;

/** A worker package outside the workspace, as a stranger has it: in a folder with what it needs installed. */
function install(folder: string): string {
  mkdirSync(path.join(folder, "node_modules"), { recursive: true });
  for (const name of ["@vj", "zod"]) symlinkSync(path.join(modules, name), path.join(folder, "node_modules", name));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "test-monitor", type: "module", bin: "./main.mjs", vj: { worker: "test_monitor" } }));
  writeFileSync(path.join(folder, "main.mjs"), program);
  return folder;
}

it("a new source of tracks is one folder: now_playing takes part in it, can be pinned to it, the TUI shows it, and there is one voice", async () => {
  await using rig = new VjRig();
  const socket = createSocket("udp4");
  onTestFinished(() => void socket.close());
  /** Senders of `/karaoke/pos`, in order. */
  let voices: number[] = [];
  socket.on("message", (bytes, { port }) => {
    if (bytes.includes("/karaoke/pos")) voices.push(port);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  rig.env["VJ_OSC_TARGETS"] = `127.0.0.1:${socket.address().port}`;
  rig.env["VJ_WORKERS"] = install(rig.dir.join("strange", "test-monitor"));
  const up = await rig.run("up", "--only", "now_playing,test_monitor");
  expect(up).toMatchObject({ code: 0 });

  const nowPlaying = await connect("now_playing", { busDir: rig.dir.join("bus") });
  onTestFinished(() => nowPlaying.close());
  const state = async (): Promise<Record<string, unknown>> => (await nowPlaying.request("get_state", {}, { timeoutMs: 20_000 })).data ?? {};
  const live = await waitFor("the new source to be live", async () => {
    const found = await state();
    return found["source"] === "test" ? found : undefined;
  }, 40_000);
  expect(live).toMatchObject({ track: { title: "Vesti la giubba" }, sources: { test: { worker: "test_monitor", health: "ok" } } });
  expect(await nowPlaying.request("set_config", { pinned_source: "test" }, { timeoutMs: 20_000 })).toMatchObject({ success: true });
  expect(await state()).toMatchObject({ source: "test", pinned_source: "test" });

  voices = [];
  await waitFor("four positions", () => voices.length >= 4, 40_000);
  expect(new Set(voices).size).toBe(1);

  const seen = openRig({ wanted: "all", busDir: rig.dir.join("bus") });
  onTestFinished(() => seen.close());
  const session = testSession();
  await waitFor("the source on the screen", () => {
    session.know(seen.store.get(), seen.telemetry());
    session.press("4");
    return /● test \(pinned\)/.test(session.text());
  }, 40_000);
  expect(session.text()).toContain("Vesti la giubba");
  session.press("2");
  await waitFor("the source among the workers", () => {
    session.know(seen.store.get(), seen.telemetry());
    return /test_monitor +.*running/.test(session.text());
  }, 40_000);
}, 180_000);
