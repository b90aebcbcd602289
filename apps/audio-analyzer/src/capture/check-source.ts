import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import { formatProblem } from "./audio-source.ts";
import { fileProblem } from "./check-file.ts";
import { decodeParts } from "./decode-file.ts";
import { programProblem } from "./find-program.ts";
import { locate } from "./locate.ts";
import { formatSourceSpec } from "./source-spec.ts";
import type { SourceSpec } from "./source-spec.ts";

/** Longest wait for the first sound of a file, ms; after that it is accepted untested. */
const decodeMs = 1500;

/** A source that can be tried, in the form to save; or the reason against it. */
export type CheckedSource = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * Checks that a source exists before it replaces another one. Devices are not checked: they may be connected later.
 * Relative paths become absolute, because they are valid only where they were typed.
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
    case "osc": {
      const problem = await portProblem(spec.port);
      return problem === undefined ? { ok: true, text } : { ok: false, reason: problem };
    }
    default:
      return { ok: true, text };
  }
}

/** Why no messages can be received on a UDP port; undefined when they can. */
async function portProblem(port: number): Promise<string | undefined> {
  try {
    await (await createReceiver({ port, changePort: (free) => `vj config set audio_analyzer audio_source=osc:${free}` })).close();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

async function recordingProblem(file: string): Promise<string | undefined> {
  return (await fileProblem(file)) ?? Promise.race([soundProblem(file), delay(decodeMs, undefined, { ref: false })]);
}

/** Whether the file contains sound; undefined when it does. */
async function soundProblem(file: string): Promise<string | undefined> {
  try {
    for await (const { sampleRate } of decodeParts(file)) {
      const unsupported = formatProblem(1, sampleRate);
      return unsupported === "" ? undefined : `${file}: ${unsupported}`;
    }
    return `${file} contains no sound; choose another file`;
  } catch (error) {
    return messageOf(error);
  }
}

function isRelative(text: string): boolean {
  return !path.isAbsolute(text) && !text.startsWith("~");
}
