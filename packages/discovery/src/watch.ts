import { watch as watchDir } from "node:fs";
import type { FSWatcher } from "node:fs";
import { busDir as defaultBusDir, messageOf, systemErrorCode } from "@vj/control";
import { limits } from "@vj/schema";
import { scan } from "./scan.ts";
import type { BusOptions } from "./scan.ts";

export interface WatchOptions extends BusOptions {
  /** A socket of this name appeared. Connect to find out whether a process answers. */
  onAppear(name: string): void;
  /** The socket file is gone. A process that dies leaves its file; the end of your connection is the sign of its death. */
  onVanish?(name: string): void;
  /** A fault for a person; the watch continues. Each fault is reported once while it lasts. */
  onProblem?(problem: string): void;
  /** Interval of the scans without an event; default 5 s. */
  pollMs?: number;
}

export interface Watch extends AsyncDisposable {
  /** Names that have a socket now. */
  names(): string[];
  close(): Promise<void>;
}

/**
 * Reports which sockets exist: by file events, within milliseconds, and by a scan every few seconds for changes without
 * an event (events are lost when the directory is deleted and recreated, and some file systems have none). Existing
 * sockets are reported before this returns.
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
      // Before the first worker there is no directory; a later scan finds it.
      if (systemErrorCode(error) !== "ENOENT") options.onProblem?.(`cannot watch ${busDir}: ${messageOf(error)}`);
      return;
    }
    watcher.on("error", unwatch);
  };

  const poll = (): void => {
    // A watch of a deleted directory stays silent for ever, so each round starts a new one.
    unwatch();
    follow();
    look();
  };

  poll();
  const timer = setInterval(poll, pollMs);
  // A missing directory cannot be watched, so look for it more often: that costs one system call.
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
