import os from "node:os";
import { openKeyboard } from "./input/keyboard.ts";
import type { Input } from "./input/key-reader.ts";
import { preferProduction, readEnvironment } from "./config.ts";
import { startPace } from "./pace.ts";
import { openRig } from "./open-rig.ts";
import { guardTerminal, onEndSignal } from "./process-events.ts";
import { runPlain } from "./run-plain.ts";
import { createScreens } from "./screens/index.ts";
import { usualAddresses } from "./screens/screen.ts";
import { createSession } from "./session.ts";
import type { PaintedPicture } from "./session.ts";
import { createKeyTable } from "./ui/key-table.ts";

export interface TuiOptions {
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string;
  /** Starts a process manager; resolves when it runs. Left out: the screen names the command instead. */
  readonly startManager?: () => Promise<void>;
  /** Called when the person has left and the screen is given back, to stop what was started for it. Left out: all runs on. */
  readonly onQuit?: () => Promise<void>;
  /** Ends it from outside. */
  readonly signal?: AbortSignal;
  /**
   * Whether to run below the workers in priority; default only without `startManager`, since processes that are started
   * from here inherit the priority and cannot raise it again.
   */
  readonly lowPriority?: boolean;
}

/** How long a resize must rest before the picture is drawn in the new size, milliseconds. */
const resizeMs = 50;

/**
 * Shows the rig on this terminal until the person leaves, a signal comes, or `signal` aborts. Workers run on.
 * Without a terminal that can show it, prints plain lines instead: see {@link runPlain}.
 */
export async function runTui(options: TuiOptions = {}): Promise<void> {
  const environment = readEnvironment();
  if (!environment.fullScreen) return runPlain(options);
  preferProduction();
  // Ink takes a third of a second to load; meanwhile the workers answer.
  const rig = openRig({
    busDir: options.busDir ?? environment.busDir,
    startManager: options.startManager,
    addresses: usualAddresses,
  });
  const { openTerminal } = await import("./ink/terminal.tsx");

  const screens = createScreens();
  const listeners = new Set<() => void>();
  let picture: PaintedPicture = { rows: [], width: 0 };
  let resizing: NodeJS.Timeout | undefined;
  let suspended = false;
  let over = false;
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));

  const suspend = (): void => {
    suspended = true;
    terminal.leave();
  };
  const resume = (): void => {
    suspended = false;
    redraw();
  };
  const redraw = (): void => {
    if (suspended || over) return;
    pace.now();
    terminal.enter();
  };

  const terminal = openTerminal({
    frames: { get: () => picture, subscribe: (listener) => (listeners.add(listener), () => void listeners.delete(listener)) },
    keyboard: environment.keyboard
      ? openKeyboard({ onInput: (input) => take(input), typing: () => session.typing, onLost: () => finish() })
      : undefined,
    onResize: () => {
      clearTimeout(resizing);
      resizing = setTimeout(() => {
        resizing = undefined;
        redraw();
      }, resizeMs);
    },
  });

  const session = createSession({
    screens,
    keys: createKeyTable(screens, options.onQuit === undefined ? "quit (workers run on)" : "quit and stop the rig"),
    palette: environment.palette,
    keyboard: environment.keyboard,
    commands: rig.commands,
    rig: rig.store.get,
    telemetry: rig.telemetry,
    size: terminal.size,
    now: Date.now,
    quit: () => finish(),
    redraw,
    suspend: () => {
      suspend();
      // The whole job: where a package runner started this, the shell waits for that one.
      stopUntilContinued(0);
    },
    say: (text) => rig.store.dispatch({ type: "notice", level: "info", text }),
  });

  const draw = (): boolean => {
    // Rows of the old size in a terminal of the new one would wrap; the end of the resize draws.
    if (resizing !== undefined || suspended) return false;
    const next = session.draw();
    if (next !== picture) {
      picture = next;
      for (const listener of [...listeners]) listener();
    }
    return session.moving;
  };
  const pace = startPace(draw);
  const take = (input: Input): void => {
    const before = session.addresses;
    if (input.type === "key") session.press(input.key);
    else session.paste(input.text);
    if (session.addresses !== before) rig.listen(session.addresses);
    pace.now();
  };

  const unwatch = rig.store.subscribe(pace.wake);
  const { unguard, stopUntilContinued } = guardTerminal({ leave: terminal.leave, suspend, resume, lost: finish });
  const unsignal = onEndSignal(finish);
  options.signal?.addEventListener("abort", finish);
  terminal.enter();
  // Only now: coming up is what a person waits for.
  if (options.lowPriority ?? options.startManager === undefined) os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  try {
    if (options.signal?.aborted !== true) await finished;
  } finally {
    over = true;
    pace.stop();
    clearTimeout(resizing);
    unwatch();
    terminal.leave();
    unguard();
    options.signal?.removeEventListener("abort", finish);
    rig.close();
    await options.onQuit?.();
    unsignal();
  }
}
