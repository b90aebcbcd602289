import { z } from "zod";

/**
 * A worker's name: also its folder (with `-` for `_`) and the stem of its socket file. Names are used as keys of plain
 * objects, so property names that every object has, such as `constructor`, are refused.
 */
export const workerNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,47}$/, "a worker name is 1-48 lower-case letters, digits and _, starting with a letter")
  .refine((name) => !(name in {}), "this name is reserved: choose another one");

/** Name of the process that supervises the others. */
export const managerName = "process_manager";

/** Whether `value` can be the name of a process on the bus. */
export function isProcessName(value: string): boolean {
  return workerNameSchema.safeParse(value).success;
}

/** Whether a socket of this name is a worker's by its name alone; `…_client…` and `test…` are mostly endpoints of clients. */
export function isWorkerName(value: string): boolean {
  return isProcessName(value) && !value.includes("_client") && !value.startsWith("test");
}
