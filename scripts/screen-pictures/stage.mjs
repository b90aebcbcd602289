/** What the recorded show plays: an invented song, a rig in folders of its own, receivers of its OSC. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createSocket } from "node:dgram";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const song = { artist: "Marlow Finch", title: "Glass Harbour", seconds: 214 };
/** Seconds of the song, and what is sung then. */
const lines = /** @type {const} */ ([
  [3, "Morning counts the masts again"], [7, "Salt on every window pane"], [11, "Somebody left the tide switched on"], [15, "And all the ferries sing along"],
  [19, "Glass harbour, hold the light"], [23, "Carry it over, carry it right"], [27, "Glass harbour, hold the light"], [31, "Nobody sleeps on the water tonight"],
  [35, "Wires hum above the quay"], [39, "Every lamp is looking at me"], [43, "Wait for it, wait for it now"], [47, "Wait for it, wait for it now"],
  [51, "Glass harbour, hold the light"], [55, "Carry it over, carry it right"], [59, "Glass harbour, hold the light"], [63, "Nobody sleeps on the water tonight"], [69, ""],
]);
const stamp = (/** @type {number} */ seconds) => `[${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}.00]`;

/** Prepares the folders of a rig that knows the song. Asks no service of the network. */
export function prepareStage() {
  const root = mkdtempSync(path.join(tmpdir(), "vj-show-"));
  const at = (/** @type {string[]} */ ...names) => path.join(root, ...names);
  for (const name of ["bus", "config", "data", "cache", "home", "lyrics"]) mkdirSync(at(name), { mode: 0o700 });
  writeFileSync(at("lyrics", `${song.artist} - ${song.title}.lrc`), lines.map(([time, text]) => `${stamp(time)}${text}\n`).join(""));
  const setlist = at("tonight.m3u");
  writeFileSync(setlist, "#EXTM3U\n");
  return {
    root,
    busDir: at("bus"),
    recording: at("show.mcap"),
    env: {
      PATH: process.env["PATH"], HOME: at("home"), LANG: "C.UTF-8", TZ: "UTC",
      VJ_BUS_DIR: at("bus"), VJ_CONFIG_DIR: at("config"), VJ_DATA_DIR: at("data"), VJ_CACHE_DIR: at("cache"),
      VJ_AUDIO_SOURCE: "demo",
    },
    /** Settings to make before the start, as arguments of `vj config set`. */
    settings: [
      ["audio_analyzer", "enable_spectrum=false"],
      ["lyrics_fetcher", `lyrics_dir=${at("lyrics")}`, "lrclib_url=http://127.0.0.1:9", "llm_enabled=false"],
      ["virtualdj_monitor", `file_path=${setlist}`],
    ],
    /** The song begins now. */
    playSong: () => writeFileSync(setlist, `#EXTM3U\n#EXTVDJ:<lastplaytime>${Math.floor(Date.now() / 1000)}</lastplaytime><artist>${song.artist}</artist><title>${song.title}</title><songlength>${song.seconds}</songlength>\n${song.artist} - ${song.title}.flac\n`),
  };
}

/** A receiver on this machine, at any free port: a target that takes what it gets. */
export async function openReceiver() {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { port: socket.address().port, close: () => socket.close() };
}

/** The command `vj` of this checkout. */
export const vjProgram = path.join(import.meta.dirname, "../../apps/cli/bin/vj.js");

/** Starts `vj` with these arguments. @param {NodeJS.ProcessEnv} env @param {readonly string[]} args */
export function startVj(env, args) {
  return spawn(process.execPath, [vjProgram, ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
}

/** Runs `vj` until it ends. @param {NodeJS.ProcessEnv} env @param {readonly string[]} args @throws Error when it fails */
export async function vj(env, args) {
  const [code] = await once(startVj(env, args), "exit");
  if (code !== 0) throw new Error(`vj ${args.join(" ")} ended with ${code}`);
}
