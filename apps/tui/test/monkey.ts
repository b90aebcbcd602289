import { setTimeout as delay } from "node:timers/promises";
import { readFileSync } from "node:fs";
import type { Terminal } from "./terminal.ts";

/** What the monkey does: how long, and from which seed. */
export interface MonkeyOptions {
  readonly terminal: Terminal;
  readonly seconds: number;
  readonly seed: number;
  /** Called between keys: kills a worker, changes the size. */
  readonly disturb: (random: () => number) => void;
}

/** What was seen. */
export interface MonkeyReport {
  readonly keys: number;
  readonly pastes: number;
  /** Pictures that were looked at. */
  readonly looks: number;
  /** How often the monkey left by the palette, and came back. */
  readonly quits: number;
  /** Screens of a wrong height, or without a picture. */
  readonly faults: readonly string[];
  /** Resident memory of the TUI, megabytes: a tenth of the time after its last start, and at the end. */
  readonly memory: readonly [number, number];
}

const names = ["Up", "Down", "Left", "Right", "PPage", "NPage", "Home", "End", "Enter", "Enter", "Escape", "Escape", "Tab", "BTab", "BSpace", "C-l", "C-u", "F1", "M-x"];
/** Neither `y`, which says yes, nor `q`, which ends it. */
const characters = "0123456789abcdefghijklmnoprstuvwxzMQRGW/:?+-.,";
const texts = ["yes\ny\nQ\ny\n", "Q", "q\nq\nq", "\u001b[<0;3;3M", "漢字 👨‍👩‍👧 e\u0301", "\u001b[31mred\u0007", "x".repeat(3000), "y"];

/** Presses keys and pastes texts at random, and looks at the screen after each few. */
export async function runMonkey({ terminal, seconds, seed, disturb }: MonkeyOptions): Promise<MonkeyReport> {
  const random = randomFrom(seed);
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  let pid = terminal.tuiPid();
  let since = Date.now();
  const faults: string[] = [];
  const end = since + seconds * 1000;
  let early = 0;
  let [keys, pastes, looks, quits] = [0, 0, 0, 0];
  while (Date.now() < end) {
    for (let turn = 0; turn < 8; turn += 1) {
      if (random() < 0.08) {
        terminal.paste(pick(texts) ?? "", true);
        pastes += 1;
      } else {
        const character = pick(characters.split("")) ?? "j";
        terminal.type(...(random() < 0.5 ? [pick(names) ?? "Up"] : ["-l", character]));
        keys += 1;
      }
      await delay(20 + random() * 120);
    }
    disturb(random);
    if (early === 0 && Date.now() - since > seconds * 100) early = residentMb(pid);
    const { screen, fault } = await look(terminal);
    looks += 1;
    if (isAlive(pid)) {
      if (fault !== undefined) faults.push(`${fault}\n${screen}`);
      continue;
    }
    // The palette finds "quit" by one of its letters. Anything else that ends it is a fault.
    if (!terminal.screen().includes("ended 0")) throw new Error(`the TUI has ended:\n${terminal.screen()}`);
    quits += 1;
    terminal.resize(100, 30);
    terminal.type("C-c");
    await terminal.startTui();
    [pid, since, early] = [terminal.tuiPid(), Date.now(), 0];
  }
  const late = residentMb(pid);
  return { keys, pastes, looks, quits, faults, memory: [early === 0 ? late : early, late] };
}

/** Between a change of the size and the next picture the terminal shows what it made of the last one: a fault is one that stays. */
async function look(terminal: Terminal): Promise<{ screen: string; fault: string | undefined }> {
  for (let turn = 0; ; turn += 1) {
    const screen = terminal.screen();
    const fault = faultOf(screen);
    if (fault === undefined || turn === 30) return { screen, fault };
    await delay(100);
  }
}

/** The first row is that of the tabs, or says what is needed; the last one of the terminal is empty. */
function faultOf(screen: string): string | undefined {
  const rows = screen.replace(/\n$/, "").split("\n");
  if (!/^ VJ |^terminal \d/.test(rows[0] ?? "")) return "the first row is not ours";
  return rows.slice(1).some((row) => row.startsWith(" VJ ")) ? "the picture has moved" : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function residentMb(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024);
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
