import { watch as watchDir } from "node:fs";
import type { FSWatcher } from "node:fs";
import { busDir as defaultBusDir, messageOf, systemErrorCode } from "@vj/control";
import { limits } from "@vj/schema";
import { scan } from "./scan.ts";
import type { BusOptions } from "./scan.ts";

export interface WatchOptions extends BusOptions {
  /** A socket of this name appeared. Connect to learn whether anyone is behind it. */
  onAppear(name: string): void;
  /** The socket file is gone. A process that dies leaves its file: its death is the end of your connection to it. */
  onVanish?(name: string): void;
  /** A fault that a person should know; the watch continues. Each is reported once while it lasts. */
  onProblem?(problem: string): void;
  /** How often to look without an event; default 5 s. */
  pollMs?: number;
}

export interface Watch extends AsyncDisposable {
  /** Names with a socket now. */
  names(): string[];
  close(): Promise<void>;
}

/**
 * Follows which sockets exist: by file events, within milliseconds, and by a scan every few seconds for what no event
 * reported (events are lost when the directory is deleted and made again, or on file systems that have none).
 * Those that exist already are reported before this returns.
 */
export function watchWorkers(options: WatchOptions): Watch {
  const { busDir = defaultBusDir(), pollMs = limits.rescanMs } = options;
  const known = new Set<string>();
  let watcher: FSWatcher | undefined;
  let lastProblem: string | undefined;

  const look = (): void => {
    let found: string[] = [];
    try {
      found = scan({ busDir });
      lastProblem = undefined;
    } catch (error) {
      const problem = messageOf(error);
      if (problem !== lastProblem) options.onProblem?.(problem);
      lastProblem = problem;
    }
    for (const name of [...known]) {
      if (found.includes(name)) continue;
      known.delete(name);
      options.onVanish?.(name);
    }
    for (const name of found) {
      if (known.has(name)) continue;
      known.add(name);
      options.onAppear(name);
    }
  };

  const unwatch = (): void => {
    watcher?.close();
    watcher = undefined;
  };

  const follow = (): void => {
    if (watcher !== undefined) return;
    try {
      watcher = watchDir(busDir, { persistent: false }, look);
    } catch (error) {
      // Before the first worker there is no directory; looking again finds it.
      if (systemErrorCode(error) !== "ENOENT") options.onProblem?.(`cannot watch ${busDir}: ${messageOf(error)}`);
      return;
    }
    watcher.on("error", unwatch);
  };

  const poll = (): void => {
    // A watch of a directory that was deleted stays silent for ever, so each round begins a new one.
    unwatch();
    follow();
    look();
  };

  poll();
  const timer = setInterval(poll, pollMs);
  // Without a directory nothing can be watched; until there is one, look more often: that costs one system call.
  const eager = setInterval(() => {
    if (watcher === undefined) poll();
  }, Math.min(pollMs, 100));

  const close = async (): Promise<void> => {
    clearInterval(timer);
    clearInterval(eager);
    unwatch();
  };
  return { names: () => [...known].sort(), close, [Symbol.asyncDispose]: close };
}
