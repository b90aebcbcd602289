import type { Instance } from "ink";
import type { Keyboard } from "../input/keyboard.ts";
import type { TerminalSize } from "../text/size.ts";
import type { Frames } from "./frame.tsx";
import type { mountFrames } from "./mount.tsx";

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
const hideCursor = "\u001b[?25l";
const home = "\u001b[H";

/**
 * Draws frames on this process's terminal, on the alternate screen. Ink takes longer to load than all the rest of this program: until it
 * is there, pictures are written as they are.
 */
export function openTerminal({ frames, keyboard, onResize }: TerminalOptions): Terminal {
  const { stdin } = process;
  const stdout = unboundedRows(process.stdout);
  let entered = false;
  let instance: Instance | undefined;
  let loading: Promise<void> | undefined;
  let mount: typeof mountFrames | undefined;
  let unsubscribe = (): void => {};

  const unmount = (): void => {
    keyboard?.stop();
    unsubscribe();
    instance?.unmount();
    instance = undefined;
  };

  const leave = (): void => {
    if (!entered) return;
    entered = false;
    process.stdout.off("resize", onResize);
    unmount();
    process.stdout.write(leaveScreen);
  };

  const draw = (): void => {
    if (mount !== undefined) {
      instance = mount(frames, stdout, stdin);
      return;
    }
    const write = (): void => void process.stdout.write(`${hideCursor}${home}${frames.get().rows.join("\r\n")}`);
    write();
    unsubscribe = frames.subscribe(write);
    // The picture stands, so the time that this takes is not waited for.
    loading ??= import("./mount.tsx").then(({ mountFrames }) => {
      mount = mountFrames;
      if (!entered) return;
      unsubscribe();
      process.stdout.write(home);
      instance = mountFrames(frames, stdout, stdin);
    });
  };

  return {
    size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
    enter() {
      unmount();
      process.stdout.write(entered ? clearScreen : enterScreen);
      if (!entered) process.stdout.on("resize", onResize);
      entered = true;
      keyboard?.start();
      draw();
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
