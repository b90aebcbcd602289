import { readText } from "@vj/files";
import path from "node:path";
import { explainIssues, workerNameSchema } from "@vj/schema";
import { z } from "zod";

/** How to start a worker. */
export interface WorkerProgram {
  /** Name on the bus. */
  readonly name: string;
  /** Started automatically unless the configuration disables it. */
  readonly enabled: boolean;
  /** The JavaScript file to run. */
  readonly entry: string;
  /** Folder of its package. */
  readonly folder: string;
}

const packageSchema = z.object({
  name: z.string(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  vj: z.object({ worker: workerNameSchema, enabled: z.boolean().default(true) }).optional(),
});

/**
 * Reads the worker that a package declares in its package.json: `"vj": {"worker": "my_worker", "enabled": true}`.
 * Its program is the `bin` named like the package without its scope, or the only one.
 * @returns undefined when the package declares none.
 * @throws Error when the file is missing, is broken, or declares a worker that cannot be started.
 */
export function readWorkerPackage(folder: string): WorkerProgram | undefined {
  const file = path.join(folder, "package.json");
  const text = readText(file, { anyOwner: true });
  if (text === undefined) throw new Error(`${file} does not exist`);
  const parsed = packageSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(explainIssues(parsed.error));
  const { name, bin, vj } = parsed.data;
  if (vj === undefined) return undefined;
  const entry = chooseBin(name.replace(/^@[^/]*\//, ""), bin);
  if (entry === undefined) {
    throw new Error(`the worker "${vj.worker}" has no program: give the package one "bin", or one that is named like it`);
  }
  return { name: vj.worker, enabled: vj.enabled, entry: path.join(folder, entry), folder };
}

function chooseBin(unscoped: string, bin: string | Record<string, string> | undefined): string | undefined {
  if (bin === undefined || typeof bin === "string") return bin;
  const all = Object.values(bin);
  return bin[unscoped] ?? (all.length === 1 ? all[0] : undefined);
}
