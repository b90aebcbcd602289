import { watch as watchDir } from "node:fs";
import type { FSWatcher } from "node:fs";
import { busDir as defaultBusDir, systemErrorCode } from "@vj/control";
import { createListeners, limits, messageOf } from "@vj/schema";
import { scan } from "./scan.ts";
import type { BusOptions } from "./scan.ts";

/** Where to look for workers, and how often. */
export interface WatchOptions extends BusOptions {
  /** Interval of the scans without an event; default 5 s. */
  pollMs?: number;
}

/** What a watch reports. */
export interface WatchEvents extends Record<string, unknown[]> {
  /** A socket of this name appeared. Connect to find out whether a process answers. */
  appear: [name: string];
  /** The socket file is gone. A process that dies leaves its file; the end of your connection is the sign of its death. */
  vanish: [name: string];
  /** A fault for a person; the watch continues. Each fault is reported once while it lasts. */
  problem: [problem: string];
}

/** Follows the workers of a bus directory until it is closed. */
export interface Watch extends AsyncDisposable {
  /** @returns the undo */
  on<E extends keyof WatchEvents>(event: E, listener: (...args: WatchEvents[E]) => void): () => void;
  /** Names that had a socket at the last look. */
  names(): string[];
  close(): Promise<void>;
}

/**
 * Reports which sockets exist: by file events, within milliseconds, and by a scan every few seconds for changes without
 * an event (events are lost when the directory is deleted and recreated, and some file systems have none). Existing
 * sockets are reported right after this returns, so that listeners can be added first.
 */
export function watchWorkers({ busDir = defaultBusDir(), pollMs = limits.rescanMs }: WatchOptions = {}): Watch {
  const { on, emit } = createListeners<WatchEvents>();
  const known = new Set<string>();
  let watcher: FSWatcher | undefined;
  let eager: NodeJS.Timeout | undefined;
  let lastProblem: string | undefined;
  let closed = false;

  const look = (): void => {
    let found: string[] = [];
    try {
      found = scan({ busDir });
      lastProblem = undefined;
    } catch (error) {
      const problem = messageOf(error);
      if (problem !== lastProblem) emit("problem", problem);
      lastProblem = problem;
    }
    for (const name of [...known]) {
      if (found.includes(name)) continue;
      known.delete(name);
      emit("vanish", name);
    }
    for (const name of found) {
      if (known.has(name)) continue;
      known.add(name);
      emit("appear", name);
    }
  };

  const unwatch = (): void => {
    watcher?.close();
    watcher = undefined;
    // A missing directory cannot be watched, so look for it more often: that costs one system call.
    eager ??= setInterval(poll, Math.min(pollMs, 100));
  };

  const follow = (): void => {
    if (watcher !== undefined) return;
    try {
      watcher = watchDir(busDir, { persistent: false }, look);
      clearInterval(eager);
      eager = undefined;
    } catch (error) {
      // Before the first worker there is no directory; a later scan finds it.
      if (systemErrorCode(error) !== "ENOENT") emit("problem", `cannot watch ${busDir}: ${messageOf(error)}`);
      return;
    }
    watcher.on("error", unwatch);
  };

  const poll = (): void => {
    if (closed) return;
    // A watch of a deleted directory stays silent for ever, so each round starts a new one.
    unwatch();
    follow();
    look();
  };

  queueMicrotask(poll);
  const timer = setInterval(poll, pollMs);

  const close = async (): Promise<void> => {
    closed = true;
    clearInterval(timer);
    unwatch();
    clearInterval(eager);
  };
  return { on, names: () => [...known].sort(), close, [Symbol.asyncDispose]: close };
}
