import { availableParallelism, loadavg } from "node:os";

/** Whether this machine is overloaded: then times measure the machine, not the rig. */
export function isOverloaded(): boolean {
  return (loadavg()[0] ?? 0) > availableParallelism();
}
