import path from "node:path";
import { busDir, ensureBusDir } from "@vj/control";
import { createLogger } from "@vj/worker";
import type { Logger } from "@vj/worker";
import { readCliEnvironment } from "../config.ts";
import { logFolder } from "../logs/log-files.ts";
import { printLine } from "../output.ts";
import { interrupted } from "../signals.ts";
import { watchStatus } from "../watch-status.ts";
import { findCheckout } from "./checkout.ts";
import { Rig } from "./rig.ts";
import { watchCheckout } from "./watch-checkout.ts";

/**
 * Runs the rig until the user, a signal or the end of the terminal ends it; then stops what it started.
 * The end of standard input means nothing.
 * @throws CliError naming what could not be ended.
 */
export async function runDev({ plain = false }: { plain?: boolean }): Promise<void> {
  const end = interrupted();
  const inTerminal = readCliEnvironment().interactive && !plain;
  ensureBusDir(busDir());
  const logger = createLogger({
    source: "dev",
    level: "info",
    file: path.join(logFolder(busDir()), "build.log"),
    // The terminal UI shows log files itself; lines of ours would tear its screen.
    ...(inTerminal ? {} : { print: printLine }),
  });
  const rig = new Rig((line) => logger.log.info(line));
  await runUntil(end, rig, logger.log).finally(() => rig.close());
  logger.close();
}

async function runUntil(end: AbortSignal, rig: Rig, log: Logger): Promise<void> {
  await rig.open();
  const checkout = findCheckout();
  const stopWatching = checkout === undefined ? undefined : watchCheckout(checkout, log);
  try {
    await watchStatus(end, false);
  } finally {
    await stopWatching?.();
  }
}
