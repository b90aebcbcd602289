import { readText } from "@vj/files";
import path from "node:path";
import { CodedError, explainIssues, messageOf, workerNameSchema } from "@vj/schema";
import { z } from "zod";

/** Why a package cannot be used: `missing` it has no package.json · `invalid` that is broken · `no_program` its worker cannot be started. */
export type WorkerPackageErrorCode = "missing" | "invalid" | "no_program";

/** A package that cannot be used; the message gives the fault and the next step. */
export class WorkerPackageError extends CodedError<WorkerPackageErrorCode> {
  override readonly name: string = "WorkerPackageError";
}

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
 * @throws WorkerPackageError
 */
export function readWorkerPackage(folder: string): WorkerProgram | undefined {
  const file = path.join(folder, "package.json");
  const text = readText(file, { anyOwner: true });
  if (text === undefined) throw new WorkerPackageError("missing", `${file} does not exist`);
  const parsed = packageSchema.safeParse(parsedJson(text));
  if (!parsed.success) throw new WorkerPackageError("invalid", explainIssues(parsed.error));
  const { name, bin, vj } = parsed.data;
  if (vj === undefined) return undefined;
  const entry = chooseBin(name.replace(/^@[^/]*\//, ""), bin);
  if (entry === undefined) {
    throw new WorkerPackageError("no_program", `the worker "${vj.worker}" has no program: give the package one "bin", or one that is named like it`);
  }
  return { name: vj.worker, enabled: vj.enabled, entry: path.join(folder, entry), folder };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorkerPackageError("invalid", messageOf(error), { cause: error });
  }
}

function chooseBin(unscoped: string, bin: string | Record<string, string> | undefined): string | undefined {
  if (bin === undefined || typeof bin === "string") return bin;
  const all = Object.values(bin);
  return bin[unscoped] ?? (all.length === 1 ? all[0] : undefined);
}
