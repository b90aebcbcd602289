import path from "node:path";
import type { ControlClient } from "@vj/control";
import { messageOf } from "@vj/schema";
import { ask, findManager, managerState } from "@vj/rig/manager";
import type { Logger } from "@vj/worker";
import { build } from "./checkout.ts";
import type { Checkout } from "./checkout.ts";
import { readPackages, reachedBy } from "./package-graph.ts";
import type { SourcePackage } from "./package-graph.ts";
import { Rebuilder } from "./rebuild.ts";
import { watchFolders } from "./watch-folders.ts";

/** Rebuilds changed packages of a checkout and restarts the workers that use them. @returns a function that ends it. */
export function watchCheckout(checkout: Checkout, log: Logger): () => Promise<void> {
  const packages = readPackages(checkout.root);
  const rebuilder = new Rebuilder({
    build: (changed) => build(checkout, appFolders(reachedBy(changed, packages), checkout)),
    onBroken: (output) => {
      for (const line of output.split("\n")) if (line.trim() !== "") log.error(line);
      log.error("the build failed: everything keeps running unchanged");
    },
    onBuilt: async (changed) => {
      log.info(`built ${[...changed].join(", ")}`);
      const reached = reachedBy(changed, packages);
      await restartReached(reached, log);
      const old = outdated(changed, reached);
      if (old.length > 0) log.warn(`${old.join(", ")} changed too: end vj dev and start it again to use it`);
    },
    onError: (error) => log.error(messageOf(error)),
  });
  const stopWatching = watchFolders(
    packages.map(({ folder }) => path.join(folder, "src")),
    (file) => {
      const owner = packages.find(({ folder }) => file.startsWith(path.join(folder, "src")));
      if (owner !== undefined && isSource(file)) rebuilder.changed(owner.name);
    },
  );
  return () => {
    stopWatching();
    return rebuilder.close();
  };
}

/** Packages that are not programs need no bundle. */
function appFolders(reached: readonly SourcePackage[], { root }: Checkout): string[] {
  return reached.map(({ folder }) => folder).filter((folder) => path.dirname(folder) === path.join(root, "apps"));
}

/** Excludes the swap and backup files of editors. */
function isSource(file: string): boolean {
  return /\.tsx?$/.test(file) && !path.basename(file).startsWith(".");
}

async function restartReached(reached: readonly SourcePackage[], log: Logger): Promise<void> {
  const manager = await findManager();
  if (manager === undefined) return;
  try {
    const { workers } = await managerState(manager);
    for (const { worker } of reached) if (worker !== undefined && isWanted(workers[worker])) await restart(manager, worker, log);
  } finally {
    await manager.close();
  }
}

/** The programs that keep running with old code: the manager, the terminal UI, and vj itself, which depends on every worker. */
function outdated(changed: ReadonlySet<string>, reached: readonly SourcePackage[]): string[] {
  const names = reached.map(({ name }) => name);
  return names.filter((name) => name === "@vj/process-manager" || name === "@vj/tui" || (name === "@vj/cli" && changed.has(name)));
}

/** A worker that a person stopped stays stopped. */
function isWanted(worker: { state: string } | undefined): boolean {
  return worker !== undefined && worker.state !== "stopped";
}

async function restart(manager: ControlClient, worker: string, log: Logger): Promise<void> {
  const reply = await ask(manager, "restart_worker", { worker });
  if (reply.success) log.info(reply.message ?? `restarted ${worker}`);
  else log.error(`${worker} is not restarted: ${reply.message ?? "no reason given"}`);
}
