import { identify, isRunning, processSource } from "@vj/control";
import { z } from "zod";
import type { Metadata } from "./records.ts";

const name = "vj.recording";

const markSchema = z.object({ pid: z.coerce.number().int().positive(), start: z.coerce.number(), boot: z.string() });

/** Names this process as the one that writes a recording: no other process may replace the file while it runs. */
export function writerMark(): Metadata {
  const { pid } = process;
  return { name, values: new Map([["pid", String(pid)], ["start", String(identify(pid)?.start ?? 0)], ["boot", processSource.boot()]]) };
}

/** The process that is writing a recording with this metadata; undefined when it has ended. */
export function activeWriter(metadata: readonly Metadata[]): number | undefined {
  for (const { name: other, values } of metadata) {
    const mark = other === name ? markSchema.safeParse(Object.fromEntries(values)) : undefined;
    if (mark?.success === true && mark.data.boot === processSource.boot() && isRunning(mark.data)) return mark.data.pid;
  }
  return undefined;
}
