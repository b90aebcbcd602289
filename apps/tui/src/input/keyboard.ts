import { createKeyReader } from "./key-reader.ts";
import type { Input, Typing } from "./key-reader.ts";
import { markNoPastes, markPastes, mouseOff, mouseOn } from "./modes.ts";

/**
 * After kill -9, the keeper of the program before this one sets the terminal back, and once more a moment later, perhaps when
 * this one has taken it: within this time, milliseconds.
 */
const takenBackMs = 1000;

export interface KeyboardOptions {
  readonly onInput: (input: Input) => void;
  readonly typing: Typing;
  /** The terminal is gone. */
  readonly onLost: () => void;
}

/** The keyboard of this process's terminal, taken over and restored together with the screen. */
export interface Keyboard {
  /** Raw mode, with pastes marked as such. */
  start(): void;
  /** Sets everything anew that another program may have changed while this one was stopped; nothing before {@link start}. */
  takeAgain(): void;
  /** Takes clicks and the wheel as well, or leaves them to the terminal, now and after the next `start`. */
  useMouse(on: boolean): void;
  /** Restores the terminal. Safe to call more than once. */
  stop(): void;
}

/** The keyboard, and the mouse where the terminal has one. */
export function openKeyboard({ onInput, typing, onLost }: KeyboardOptions): Keyboard {
  const { stdin, stdout } = process;
  let reader = createKeyReader(typing);
  let timer: NodeJS.Timeout | undefined;
  let started = false;
  let mouse = false;
  let takenBack: NodeJS.Timeout | undefined;

  const pass = (inputs: readonly Input[]): void => {
    for (const input of inputs) onInput(input);
    plan();
  };
  const plan = (): void => {
    clearTimeout(timer);
    // An input may have been the one that ends everything.
    if (reader.dueAt === undefined || !started) return;
    // Timers run before input is read: after a busy moment, pending input must be read first.
    timer = setTimeout(() => setImmediate(settle, reader.dueAt), Math.max(0, reader.dueAt - performance.now()));
  };
  const settle = (due: number | undefined): void => {
    if (started && due === reader.dueAt) pass(reader.settle(performance.now()));
  };
  const setRaw = (): void => {
    try {
      // Node sets a mode only if it is another than the last that it set.
      stdin.setRawMode(false);
      stdin.setRawMode(true);
    } catch {
      onLost();
    }
  };
  const onData = (piece: string): void => pass(reader.read(piece, performance.now()));

  return {
    start() {
      if (started) return;
      started = true;
      reader = createKeyReader(typing);
      stdout.write(mouse ? markPastes + mouseOn : markPastes);
      stdin.setEncoding("utf8");
      stdin.setRawMode(true);
      stdin.on("data", onData).on("error", onLost).on("end", onLost);
      stdin.resume();
      takenBack = setTimeout(setRaw, takenBackMs);
    },
    takeAgain() {
      if (!started) return;
      // First: where another program has the terminal now, this stops us, so that nothing is written over its picture.
      setRaw();
      stdout.write(mouse ? markPastes + mouseOn : markPastes);
    },
    useMouse(on) {
      if (started && on !== mouse) stdout.write(on ? mouseOn : mouseOff);
      mouse = on;
    },
    stop() {
      if (!started) return;
      started = false;
      clearTimeout(timer);
      clearTimeout(takenBack);
      stdin.pause();
      stdin.off("data", onData).off("end", onLost);
      // An error when the terminal is gone, handled here.
      stdin.setRawMode(false);
      stdin.off("error", onLost);
      stdout.write(mouse ? mouseOff + markNoPastes : markNoPastes);
    },
  };
}
