import type { Instance } from "ink";
import type { Keyboard } from "../input/keyboard.ts";
import { createCanvas } from "../paint/canvas.ts";
import type { PaintedRows } from "../paint/canvas.ts";
import type { TerminalSize } from "../text/size.ts";
import type { Frames } from "./frame.tsx";
import { startKeeper } from "./keeper.ts";
import type { Keeper } from "./keeper.ts";
import { asUpdate, giveScreenBack, synchronizes, takeScreen } from "./modes.ts";
import type { mountFrames } from "./mount.tsx";

export interface TerminalOptions {
  readonly frames: Frames;
  /** Taken and given back with the screen; undefined where there is none. */
  readonly keyboard: Keyboard | undefined;
  /** The modes of the terminal before it is taken, see {@link terminalModes}. */
  readonly modes: string | undefined;
  /** The terminal has another size. */
  readonly onResize: () => void;
}

/** The full screen: taken, drawn on, and given back. */
export interface Terminal {
  /** Bytes of all pictures so far. */
  readonly written: number;
  size(): TerminalSize;
  /** Takes the screen, if it is not taken, and shows the newest picture. */
  enter(): void;
  /** Takes a screen again that is taken: another program may have had it while this one was stopped. */
  takeAgain(): void;
  /** Nothing is known of what stands there: the next picture is written whole, in its place. */
  forget(): void;
  /** Writes one row anew, another one each time: heals what another program wrote. */
  heal(): void;
  /** Gives the screen back as it was. Safe to call more than once. */
  leave(): void;
}

/**
 * Draws frames on this process's terminal, on the alternate screen, and writes only the cells that differ. Ink takes longer to load than
 * all the rest of this program: until it is there, pictures come straight from `frames`.
 */
export function openTerminal({ frames, keyboard, modes, onResize }: TerminalOptions): Terminal {
  const { stdin, stdout } = process;
  const synchronized = synchronizes(process.env);
  const canvas = createCanvas();
  let entered = false;
  let written = 0;
  let instance: Instance | undefined;
  let loading: Promise<void> | undefined;
  let mount: typeof mountFrames | undefined;
  let unsubscribe = (): void => {};
  let keeper: Keeper | undefined;

  const show = (picture: PaintedRows): void => {
    if (!entered) return;
    const bytes = canvas.paint(picture);
    if (bytes === "") return;
    const update = asUpdate(bytes, synchronized);
    written += Buffer.byteLength(update);
    stdout.write(update);
  };
  const showNewest = (): void => show(frames.get());

  const mountAll = (): void => {
    if (mount === undefined) {
      unsubscribe = frames.subscribe(showNewest);
      // The picture stands, so the time that this takes is not waited for.
      loading ??= import("./mount.tsx").then(({ mountFrames }) => {
        mount = mountFrames;
        if (!entered) return;
        unsubscribe();
        mountAll();
      });
    } else instance = mount({ frames, show }, stdout, stdin);
  };

  return {
    get written() {
      return written;
    },
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    enter() {
      if (!entered) {
        entered = true;
        canvas.forget();
        stdout.write(takeScreen);
        stdout.on("resize", onResize);
        keyboard?.start();
        // Before the first picture: kill -9 may come with it.
        keeper = startKeeper(modes);
        mountAll();
        showNewest();
        return;
      }
      showNewest();
    },
    takeAgain() {
      if (!entered) return;
      keyboard?.takeAgain();
      stdout.write(takeScreen);
      canvas.forget();
    },
    forget: canvas.forget,
    heal() {
      canvas.forgetNext();
      showNewest();
    },
    leave() {
      if (!entered) return;
      entered = false;
      stdout.off("resize", onResize);
      keyboard?.stop();
      unsubscribe();
      instance?.unmount();
      instance = undefined;
      stdout.write(giveScreenBack);
      keeper?.dismiss();
    },
  };
}
