import { render } from "ink";
import type { Instance } from "ink";
import type { Keyboard } from "../input/keyboard.ts";
import type { TerminalSize } from "../text/size.ts";
import { Frame } from "./frame.tsx";
import type { Frames } from "./frame.tsx";

export interface TerminalOptions {
  readonly frames: Frames;
  /** Taken and given back with the screen; undefined where there is none. */
  readonly keyboard: Keyboard | undefined;
  /** The terminal has another size. */
  readonly onResize: () => void;
}

/** The full screen: taken, drawn on, and given back. */
export interface Terminal {
  size(): TerminalSize;
  /** Takes the screen and draws on it; again after `leave`, or to draw everything anew. */
  enter(): void;
  /** Gives the screen back as it was. Safe to call more than once. */
  leave(): void;
}

const enterScreen = "\u001b[?1049h\u001b[2J\u001b[H";
const leaveScreen = "\u001b[?1049l\u001b[?25h";
const clearScreen = "\u001b[2J\u001b[H";
/** At least twice the rate of pictures: Ink drops those that come sooner than one interval after the last. */
const maxFps = 30;

/** Draws frames on this process's terminal with Ink, on the alternate screen. */
export function openTerminal({ frames, keyboard, onResize }: TerminalOptions): Terminal {
  const { stdin } = process;
  const stdout = unboundedRows(process.stdout);
  let instance: Instance | undefined;

  const unmount = (): void => {
    keyboard?.stop();
    instance?.unmount();
    instance = undefined;
  };

  const leave = (): void => {
    if (instance === undefined) return;
    process.stdout.off("resize", onResize);
    unmount();
    process.stdout.write(leaveScreen);
  };

  return {
    size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
    enter() {
      const again = instance !== undefined;
      unmount();
      process.stdout.write(again ? clearScreen : enterScreen);
      if (!again) process.stdout.on("resize", onResize);
      keyboard?.start();
      instance = render(<Frame frames={frames} />, { stdout, stdin, maxFps, exitOnCtrlC: false, patchConsole: false });
    },
    leave,
  };
}

/**
 * The terminal as Ink sees it: with rows without end and a size that never changes. Ink erases the scrollback when a
 * picture is as tall as the terminal, which happens while one is made smaller; sizes are our own business here.
 */
function unboundedRows(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stdout, {
    get(target, property) {
      if (property === "rows") return Number.MAX_SAFE_INTEGER;
      const value: unknown = Reflect.get(target, property, target);
      if ((property === "on" || property === "off") && typeof value === "function") {
        return (event: string, ...rest: unknown[]) => (event === "resize" ? target : Reflect.apply(value, target, [event, ...rest]));
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
