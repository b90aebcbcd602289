import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { compiled } from "@vj/test-kit";

/** A line of the peer. */
export interface PeerLine {
  readonly peers: number;
  readonly bpm: number;
  /** In the bar of four. */
  readonly phase: number;
  /** Its own clock, microseconds. */
  readonly at: number;
  /** Our clock when the line came, microseconds. */
  readonly receivedAt: number;
}

/** Builds the peer with the official library. @returns the program @throws Error without a compiler or the library */
export function buildOfficialPeer(): string {
  const source = path.join(path.dirname(fileURLToPath(import.meta.resolve("@vj/link/package.json"))), "test/fixtures/official-peer.cc");
  return compiled(source, ["-std=c++17", "-O1", "-DLINK_PLATFORM_LINUX=1", "-lpthread", "-latomic"]);
}

/** A running peer. */
export class OfficialPeer {
  readonly lines: PeerLine[] = [];
  readonly process: ChildProcess;

  constructor(program: string, bpm: number) {
    this.process = spawn(program, [String(bpm)], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.process.stdout ?? process.stdin }).on("line", (line) => {
      const [peers = NaN, tempo = NaN, , phase = NaN, at = NaN] = line.split(" ").map(Number);
      this.lines.push({ peers, bpm: tempo, phase, at, receivedAt: micros() });
    });
  }

  get last(): PeerLine | undefined {
    return this.lines.at(-1);
  }

  /** `tempo 128`, `phase 0`. */
  say(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  async quit(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "exit");
    this.say("quit");
    await ended;
  }

  /** Its lines with times of our clock. A line arrives later than it was printed. Of the lines of one second, the one that arrived fastest gives the difference of the clocks. */
  timed(): (PeerLine & { readonly ourAt: number })[] {
    return this.lines.map((line, index) => {
      const near = this.lines.slice(Math.max(0, index - 50), index + 50);
      const ahead = Math.max(...near.map(({ at, receivedAt }) => at - receivedAt));
      return { ...line, ourAt: line.at - ahead };
    });
  }
}

/** Microseconds of the system's monotonic clock. */
export function micros(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
