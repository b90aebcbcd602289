import { watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import path from "node:path";
import { checkStore, lastGood, readJson, readText } from "@vj/files";
import { defaultTargets, explainTargetFaults, messageOf, targetsFileSchema } from "@vj/schema";
import type { Target } from "@vj/schema";

/** Follows a file of targets until it is closed. */
export interface TargetsWatch extends AsyncDisposable {
  /** Resolves when the file has been read for the first time. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** Fallback for `fs.watch`, which reports nothing on some file systems and cannot watch a missing folder; ms. */
const pollMs = 2000;
/** Editors write in several steps: wait this long for the last one, ms. */
const settleMs = 50;

/**
 * Follows `targets.json`: written in place, replaced by rename, created later or deleted.
 * @param onTargets called with the targets at first and after each change; with the default ones while the file is
 * missing.
 * @param onProblem called with faults of the file. The last good targets stay in force, also those of an earlier process; the default ones
 * when there are none.
 */
export function watchTargets(
  file: string,
  onTargets: (targets: readonly Target[]) => void,
  onProblem: (problem: string) => void,
): TargetsWatch {
  let last: string | undefined;
  let closed = false;
  let settle: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;

  const check = (): void => {
    const read = readTargets(file);
    const seen = JSON.stringify(read);
    if (closed || seen === last) return;
    const first = last === undefined;
    last = seen;
    if (read.ok) {
      if (read.content === undefined) lastGood(file).forget();
      else lastGood(file).keep(read.content);
      return onTargets(read.targets);
    }
    const earlier = first ? lastGoodTargets(file) : undefined;
    if (first) onTargets(earlier ?? defaultTargets);
    onProblem(`${read.error}; ${first && earlier === undefined ? "the default target is used, as there are no earlier ones" : "the last good targets stay in force"}`);
  };
  const checkSoon = (): void => {
    clearTimeout(settle);
    settle = setTimeout(check, settleMs);
  };
  const stopWatching = (): void => {
    watcher?.close();
    watcher = undefined;
  };
  const startWatching = (): void => {
    try {
      watcher = watch(path.dirname(file), { persistent: false }, checkSoon);
      watcher.on("error", stopWatching);
    } catch {
      // The folder does not exist yet: the poll below looks again.
    }
  };

  const poll = setInterval(() => {
    if (watcher === undefined) startWatching();
    check();
  }, pollMs);
  poll.unref();
  startWatching();

  const close = async (): Promise<void> => {
    closed = true;
    clearInterval(poll);
    clearTimeout(settle);
    stopWatching();
  };
  return {
    // In a later turn, so that the caller has stored the return value.
    ready: Promise.resolve().then(check),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function lastGoodTargets(file: string): readonly Target[] | undefined {
  return targetsFileSchema.safeParse(lastGood(file).read()).data?.targets;
}

/** `content` is the parsed file; undefined when there is none. */
type ReadTargets = { ok: true; targets: readonly Target[]; content: unknown } | { ok: false; error: string };

function readTargets(file: string): ReadTargets {
  try {
    checkStore(path.dirname(file));
    const text = readText(file);
    if (text === undefined) return { ok: true, targets: defaultTargets, content: undefined };
    const read = readJson(text);
    if (!read.ok) return { ok: false, error: `${file} cannot be read: ${read.fault}` };
    const content = read.value;
    const parsed = targetsFileSchema.safeParse(content);
    if (parsed.success) return { ok: true, targets: parsed.data.targets, content };
    return { ok: false, error: `${file}: ${explainTargetFaults(parsed.error, content)}` };
  } catch (error) {
    const why = messageOf(error);
    return { ok: false, error: why.startsWith("cannot read") ? why : `${file} cannot be read: ${why}` };
  }
}
