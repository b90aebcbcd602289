import path from "node:path";
import { isRunning } from "./identity.ts";
import type { ProcessIdentity } from "./identity.ts";
import { processSource } from "./process-source.ts";
import type { ProcessFacts } from "./process-facts.ts";

const pollMs = 500;
const runnerPattern = /^(?:npm|npx|pnpm|pnpx|yarn|bunx?|corepack)(?:-cli)?(?:-[\d.]+)?(?:\.[cm]?js)?$/;
const shellPattern = /^(?:ba|da|z|a|k)?sh$/;

/** A process above this one, with its command line. */
export interface Ancestor extends ProcessIdentity {
  readonly command: string;
}

/** What is known of the programs above this process. */
export interface LauncherOptions {
  /** A shell alone counts too: the caller has other evidence of a package runner above. Default false. */
  readonly expectRunner?: boolean;
}

/**
 * Calls back once when one of the package runners above this process has ended: `npx` and similar programs do not pass on
 * the signal that ends them, so the program they run would be left over. Does nothing in a process that leads a group or
 * a session of its own: it was started so in order to stay.
 * @returns a function that ends the watch.
 */
export function watchLaunchers(onGone: () => void, { expectRunner = false }: LauncherOptions = {}): () => void {
  const launchers = findLaunchers(expectRunner);
  if (launchers === "gone") {
    const soon = setTimeout(onGone);
    return () => clearTimeout(soon);
  }
  if (launchers.length === 0) return () => {};
  const timer = setInterval(() => {
    if (launchers.every(isRunning)) return;
    clearInterval(timer);
    onGone();
  }, pollMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** `gone`: the runner ended while this process was still starting. */
function findLaunchers(expectRunner: boolean): Ancestor[] | "gone" {
  try {
    const own = processSource.facts(process.pid);
    if (own === undefined || own.group === own.pid || own.session === own.pid) return [];
    const row = launchersOf(ancestors(own));
    if (row.length === 0 && own.parent === 1 && process.env["npm_lifecycle_event"] === "npx") return "gone";
    return expectRunner || row.some(({ command }) => isRunner(command)) ? row : [];
  } catch {
    // Nothing is watched where the system gives no information about its processes.
    return [];
  }
}

function* ancestors(own: ProcessFacts): Generator<Ancestor> {
  for (let facts = processSource.facts(own.parent); facts !== undefined; facts = processSource.facts(facts.parent)) {
    yield { pid: facts.pid, start: facts.start, command: processSource.command(facts.pid) };
  }
}

/** The unbroken chain of package runners, and the shells between them, directly above a process. */
export function launchersOf(above: Iterable<Ancestor>): Ancestor[] {
  const row: Ancestor[] = [];
  for (const ancestor of above) {
    if (!isRunner(ancestor.command) && !isShellCommand(ancestor.command)) break;
    row.push(ancestor);
  }
  return row;
}

/** `npm exec …`, `node …/npx-cli.js …`. */
function isRunner(command: string): boolean {
  const [program = "", ...args] = command.split(" ");
  const name = path.basename(program);
  const script = args.find((arg) => !arg.startsWith("-")) ?? "";
  return runnerPattern.test(name) || (/^(?:node|bun)(?:js)?\d*$/.test(name) && runnerPattern.test(path.basename(script)));
}

/** `sh -c …`, not a person's own shell or a script. */
function isShellCommand(command: string): boolean {
  const [program = "", flag = ""] = command.split(" ");
  return shellPattern.test(path.basename(program)) && flag === "-c";
}
