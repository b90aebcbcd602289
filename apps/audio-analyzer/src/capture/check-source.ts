import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@vj/schema";
import { formatProblem } from "./audio-source.ts";
import { fileProblem } from "./check-file.ts";
import { decodeParts } from "./decode-file.ts";
import { programProblem } from "./find-program.ts";
import { locate } from "./locate.ts";
import { nearestNames } from "./nearest-names.ts";
import { formatSourceSpec } from "./source-spec.ts";
import type { SourceSpec } from "./source-spec.ts";

/** How long a file may take to give its first sound before it is taken unheard, ms. */
const decodeMs = 1500;

/** A source that can be tried, as it is to be remembered; or why not. */
export type CheckedSource = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * Looks whether a source is there before it takes the place of another one. Devices are not looked for: they may come
 * later. Relative paths become absolute, because they mean something only where and when they were typed.
 */
export async function checkSource(spec: SourceSpec, text: string): Promise<CheckedSource> {
  switch (spec.kind) {
    case "file": {
      const file = locate(spec.path);
      const problem = await recordingProblem(file);
      if (problem !== undefined) return { ok: false, reason: problem };
      return { ok: true, text: isRelative(spec.path) ? formatSourceSpec({ kind: "file", path: file }) : text };
    }
    case "command": {
      const [program, ...args] = spec.words;
      const problem = await programProblem(program);
      if (problem !== undefined) return { ok: false, reason: problem };
      if (!program.includes("/") || !isRelative(program)) return { ok: true, text };
      return { ok: true, text: formatSourceSpec({ kind: "command", words: [locate(program), ...args] }) };
    }
    default:
      return { ok: true, text };
  }
}

async function recordingProblem(file: string): Promise<string | undefined> {
  const problem = await fileProblem(file);
  if (problem === undefined) return Promise.race([soundProblem(file), delay(decodeMs, undefined, { ref: false })]);
  if (existsSync(file)) return problem;
  const near = await nearestFiles(file);
  return near.length > 0 ? `${problem}; nearest: ${near.join(", ")}` : problem;
}

/** Whether sound comes out of it. */
async function soundProblem(file: string): Promise<string | undefined> {
  try {
    for await (const { sampleRate } of decodeParts(file)) {
      const unsupported = formatProblem(1, sampleRate);
      return unsupported === "" ? undefined : `${file}: ${unsupported}`;
    }
    return `${file} holds no sound`;
  } catch (error) {
    return messageOf(error);
  }
}

/** Names like the missing one, in the nearest folder above it that exists. */
async function nearestFiles(file: string): Promise<string[]> {
  for (let missing = file; ;) {
    const folder = path.dirname(missing);
    const names = await readdir(folder).catch(() => undefined);
    if (names !== undefined) return nearestNames(path.basename(missing), names).map((name) => path.join(folder, name));
    if (folder === missing) return [];
    missing = folder;
  }
}

function isRelative(text: string): boolean {
  return !path.isAbsolute(text) && !text.startsWith("~");
}
