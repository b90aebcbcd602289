import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sourceContract } from "@vj/playback/testing";
import type { SourceDriver, SourceSubject } from "@vj/playback/testing";
import { describe, it } from "vitest";
import type { WorkerProcess } from "@vj/worker/testing";
import { StandInVirtualDj, freePort } from "./helpers/stand-in-virtualdj.ts";

const subject = {
  source: "virtualdj",
  worker: "virtualdj_monitor",
  command: [process.execPath, path.join(import.meta.dirname, "../bin/virtualdj-monitor.js")],
  env: { HOME: "/nonexistent" },
} as const;

/** Makes the folder of the user. @returns a file in it */
function home(worker: WorkerProcess, env: Record<string, string>, file: string): string {
  env["HOME"] = path.join(worker.dir, "home");
  const whole = path.join(env["HOME"], file);
  mkdirSync(path.dirname(whole), { recursive: true });
  return whole;
}

/** As if VirtualDJ had written it so many seconds ago. */
function writtenAgo(file: string, seconds: number): void {
  const at = Date.now() / 1000 - seconds;
  utimesSync(file, at, at);
}

const line: SourceSubject = {
  ...subject,
  lacks: ["album", "duration"],
  prepare: async (worker, env): Promise<SourceDriver> => {
    const file = home(worker, env, "Documents/VirtualDJ/now_playing.txt");
    return {
      play: ({ artist, title }, seconds) => {
        writeFileSync(file, `${artist} - ${title}\r\n`);
        writtenAgo(file, seconds);
      },
      stop: () => writeFileSync(file, ""),
    };
  },
};

const playlist: SourceSubject = {
  ...subject,
  lacks: ["album"],
  prepare: async (worker, env): Promise<SourceDriver> => {
    const file = home(worker, env, "Documents/VirtualDJ/History/2026-11-26.m3u");
    return {
      play: ({ artist, title, duration }, seconds) => {
        const at = Date.now() / 1000 - seconds;
        appendFileSync(file, `#EXTVDJ:<lastplaytime>${at}</lastplaytime><artist>${artist}</artist><title>${title}</title><songlength>${duration}</songlength>\nnetsearch://td1\n`);
        writtenAgo(file, seconds);
      },
      stop: () => writeFileSync(file, ""),
    };
  },
};

const osc: SourceSubject = {
  ...subject,
  prepare: async (worker): Promise<SourceDriver> => {
    const virtualdj = await StandInVirtualDj.start();
    virtualdj.backPort = await freePort();
    const config = { osc_port: virtualdj.backPort, osc_query_port: virtualdj.port };
    writeFileSync(path.join(worker.configDir, "virtualdj_monitor.json"), JSON.stringify(config), { mode: 0o600 });
    let [begunAt, duration] = [0, 1];
    const now = (): number => (performance.now() - begunAt) / 1000 / duration;
    return {
      play: ({ artist, title, album, duration: length }, seconds) => {
        [begunAt, duration] = [performance.now() - seconds * 1000, length];
        virtualdj.deck(1, { get_title: title, get_artist: artist, get_album: album, get_songlength: length, loaded: "on", play: "on", is_audible: "on", song_pos: now });
      },
      pause: () => {
        const stoppedAt = now();
        virtualdj.deck(1, { play: "", is_audible: "", song_pos: () => stoppedAt });
      },
      seek: (seconds) => void (begunAt = performance.now() - seconds * 1000),
      stop: () => virtualdj.deck(1, { loaded: "", get_title: "", get_artist: "", play: "", is_audible: "" }),
    };
  },
};

describe.each([
  ["one line", line],
  ["a playlist", playlist],
  ["its OSC", osc],
])("VirtualDJ by %s", (_, how) => {
  for (const { name, run } of sourceContract(how)) it(name, () => run());
});
