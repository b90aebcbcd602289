import { watchWorkers } from "@vj/discovery";
import { limits, managerName } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { openLink } from "./link.ts";
import type { Link, Subscription } from "./link.ts";
import type { RigEvent, RigState } from "./rig-state.ts";
import type { RigStore } from "./store.ts";

export interface ConnectionOptions {
  readonly busDir: string;
  readonly store: RigStore;
  /** Which telemetry workers are asked for at first. */
  readonly subscription: Subscription;
}

/** Connections to every process on the bus, kept by themselves. */
export interface Connections {
  /**
   * Sends a command. One for a worker that is away waits for it; one for a process that has no socket fails at once.
   * @throws ControlError when it gets no reply.
   */
  request(name: string, cmd: string, args?: Record<string, unknown>, timeoutMs?: number): Promise<Reply>;
  /** Asks all workers for other telemetry, those that come later too. */
  listen(addresses: readonly string[] | undefined): void;
  close(): void;
}

/** How often the manager is asked while something changes, milliseconds. */
const busyPollMs = 200;
/** How long after the loss of a connection something still changes. */
const unrestMs = 3000;

/** Finds the processes of the bus and keeps one connection to each; all they say goes into the store. */
export function connectRig({ busDir, store, subscription: first }: ConnectionOptions): Connections {
  let subscription = first;
  const links = new Map<string, Link>();
  let restlessUntil = 0;

  const dispatch = (event: RigEvent): void => {
    store.dispatch(event);
    if (event.type === "disconnected") {
      restlessUntil = Date.now() + unrestMs;
      if (!watch.names().includes(event.name)) forget(event.name);
    }
    if (event.type === "connected" || event.type === "disconnected") links.get(managerName)?.poll();
  };

  const appear = (name: string): void => {
    const known = links.get(name);
    if (known?.connected === true) return;
    store.dispatch({ type: "appeared", name });
    // A new socket is tried at once instead of at the end of a pause; held commands must not get lost, though.
    if (known !== undefined && known.queued > 0) return;
    known?.close();
    links.set(name, openLink({ name, busDir, subscription, dispatch }));
  };

  const forget = (name: string): void => {
    const link = links.get(name);
    if (link === undefined || link.connected || link.queued > 0) return;
    link.close();
    links.delete(name);
    store.dispatch({ type: "vanished", name });
  };

  const watch = watchWorkers({
    busDir,
    onAppear: appear,
    onVanish: forget,
    onProblem: (problem) => store.dispatch({ type: "busProblem", problem }),
  });

  const pollAll = (): void => {
    for (const link of links.values()) link.poll();
    if (store.get().busProblem !== undefined && links.size > 0) store.dispatch({ type: "busProblem", problem: undefined });
  };
  const steady = setInterval(pollAll, limits.statePollMs);
  const busy = setInterval(() => {
    if (Date.now() < restlessUntil || isChanging(store.get())) links.get(managerName)?.poll();
  }, busyPollMs);

  return {
    request(name, cmd, args = {}, timeoutMs) {
      const link = links.get(name);
      if (link === undefined) return Promise.reject(new Error(`${name} is not running`));
      return link.request(cmd, args, timeoutMs);
    },
    listen(addresses) {
      subscription = { ...subscription, addresses };
      for (const link of links.values()) link.listen(addresses);
    },
    close() {
      clearInterval(steady);
      clearInterval(busy);
      watch.close();
      for (const link of links.values()) link.close();
      links.clear();
    },
  };
}

/** Whether the manager is in the middle of something that will look different in a moment. */
function isChanging({ managed, pending }: RigState): boolean {
  if (Object.keys(pending).length > 0) return true;
  return Object.values(managed ?? {}).some(({ state }) => state === "starting" || state === "backoff" || state === "unhealthy");
}
