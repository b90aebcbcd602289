import os from "node:os";
import { outliveTerminal } from "@vj/files";
import { App } from "./app.ts";
import { preferProduction, readEnvironment } from "./config.ts";
import type { TuiEnvironment } from "./config.ts";
import { terminalModes } from "./ink/keeper.ts";
import { openRig } from "./open-rig.ts";
import type { TuiRig } from "./open-rig.ts";
import { guardTerminal, onEndSignal } from "./process-events.ts";
import type { RigStore } from "./rig/store.ts";
import { runPlain } from "./run-plain.ts";
import { usualAddresses } from "./ui/screen.ts";

/** The rig to show, and what the screen may start and stop. */
export interface TuiOptions {
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string;
  /** Starts a process manager; resolves when it runs. Left out: the screen names the command instead. */
  readonly startManager?: () => Promise<void>;
  /**
   * Called when the person has left and the screen is restored, to stop everything that was started for it. Left out:
   * nothing is stopped.
   */
  readonly onQuit?: () => Promise<void>;
  /** Ends it from outside. */
  readonly signal?: AbortSignal;
  /**
   * Whether to run below the workers in priority; default only without `startManager`, since processes that are started
   * from here inherit the priority and cannot raise it again.
   */
  readonly lowPriority?: boolean;
}

/**
 * Shows the rig on this terminal until the person leaves, a signal comes, or `signal` aborts. Workers keep running.
 * Without a suitable terminal, prints plain lines instead: see {@link runPlain}.
 */
export async function runTui(options: TuiOptions = {}): Promise<void> {
  outliveTerminal();
  const environment = readEnvironment();
  if (!environment.fullScreen) return runPlain(options);
  preferProduction();
  const asked = new AbortController();
  const unsignal = onEndSignal(() => asked.abort());
  const end = AbortSignal.any([asked.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const rig = openRig({
    busDir: options.busDir ?? environment.busDir,
    startManager: options.startManager,
    wanted: usualAddresses,
  });
  try {
    await showRig(rig, environment, options, end);
  } finally {
    // Whatever happened to the terminal: what stays open keeps this process alive.
    await rig.close();
    await options.onQuit?.();
    unsignal();
  }
}

/** Shows the rig until the person leaves or `end` aborts. @throws when the terminal cannot be taken over */
async function showRig(rig: TuiRig, environment: TuiEnvironment, options: TuiOptions, end: AbortSignal): Promise<void> {
  const modes = readModes();
  await firstAnswers(rig.store);
  // A terminal that closed meanwhile can no longer be taken over.
  if (end.aborted) return;
  for (const text of environment.problems) rig.store.dispatch({ type: "notice", level: "warn", text });
  const app = new App({
    rig,
    environment,
    quitLabel: options.onQuit === undefined ? "quit (workers run on)" : "quit and stop the rig",
    modes: modes(),
    // The whole job: if a package runner started this, the shell waits for that one.
    stopUntilContinued: () => stopUntilContinued(0),
  });
  const { unguard, stopUntilContinued } = guardTerminal({
    leave: () => app.leave(),
    suspend: () => app.suspend(),
    resume: () => app.resume(),
    lost: app.finish,
  });
  end.addEventListener("abort", app.finish);
  try {
    app.enter();
    // Only now, because a person waits for the start.
    if (options.lowPriority ?? options.startManager === undefined) os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
    await app.finished;
  } finally {
    try {
      app.close();
    } finally {
      // Whatever happened to the terminal, no handler of this process may remain.
      unguard();
      end.removeEventListener("abort", app.finish);
    }
  }
}

/** Asks for the modes of the terminal. @returns what is known of them so far */
function readModes(): () => string | undefined {
  let known: string | undefined;
  let asked = true;
  void terminalModes().then((modes) => {
    // An answer that comes after the terminal was taken may describe raw mode.
    if (asked) known = modes;
  });
  return () => {
    asked = false;
    return known;
  };
}

/** How long the first picture waits for the bus, milliseconds: it should not show an empty rig before any worker was asked. */
const patienceMs = 100;

/** Waits for the process manager to report what there is, but not long. */
async function firstAnswers({ subscribe }: RigStore): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(end, patienceMs);
    const unsubscribe = subscribe(({ managed }) => {
      if (managed !== undefined) end();
    });
  });
}
