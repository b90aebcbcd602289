import { busDir, ensureBusDir, processTitle, watchLaunchers } from "@vj/control";
import { interrupted } from "@vj/terminal";
import { runPlain, runTui } from "@vj/tui";
import { createLogger } from "@vj/worker";
import type { Logger } from "@vj/worker";
import { readCliEnvironment } from "../config.ts";
import { printLine } from "../output.ts";
import { findCheckout } from "./checkout.ts";
import { DevRig } from "./rig.ts";
import { watchCheckout } from "./watch-checkout.ts";

/** Options from the command line. */
export interface DevOptions {
  /** Print lines instead of the terminal UI. */
  readonly plain?: boolean;
  /** Rebuild and restart changed workers. */
  readonly watch: boolean;
}

/**
 * Runs the rig until the user, a signal or the closed terminal ends it; then stops everything it started. The end of
 * standard input is ignored.
 * @throws CliError that names processes that could not be ended.
 */
export async function runDev({ plain = false, watch }: DevOptions): Promise<void> {
  process.title = processTitle("dev");
  const environment = readCliEnvironment();
  const ended = new AbortController();
  const end = AbortSignal.any([interrupted(), ended.signal]);
  const fullScreen = environment.fullScreen && !plain;
  const stopWatchingLaunchers = environment.underPackageRunner ? watchLaunchers(() => ended.abort(), { expectRunner: true }) : undefined;
  ensureBusDir(busDir());
  const { log, close } = createLogger({
    source: "dev",
    level: "info",
    busDir: busDir(),
    file: "build.log",
    // The terminal UI shows log files itself; printed lines would break its screen.
    ...(fullScreen ? {} : { print: printLine }),
  });
  const rig = new DevRig((line) => log.info(line));
  try {
    await rig.open();
    const show = (): Promise<void> => (fullScreen ? showFullScreen(rig, end) : runPlain({ signal: end }));
    if (!end.aborted) await (watch ? whileWatching(log, show) : show());
  } finally {
    stopWatchingLaunchers?.();
    if (rig.owned) printLine("stopping the rig");
    await rig.close();
    await close();
  }
}

function showFullScreen(rig: DevRig, end: AbortSignal): Promise<void> {
  // The help text about leaving depends on whether there is an onQuit.
  const onQuit = (): Promise<void> => Promise.resolve();
  return runTui({ signal: end, startManager: () => rig.start(), ...(rig.owned ? { onQuit } : {}) });
}

/** Rebuilds and restarts changed workers while `run` runs, in a checkout. */
async function whileWatching(log: Logger, run: () => Promise<void>): Promise<void> {
  const checkout = findCheckout();
  const stopWatching = checkout === undefined ? undefined : watchCheckout(checkout, log);
  try {
    await run();
  } finally {
    await stopWatching?.();
  }
}
