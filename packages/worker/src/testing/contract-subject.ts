import type { WorkerCommand } from "./worker-process.ts";

/** A worker, and two changes of its settings: one it accepts (other than the default), one it must refuse. */
export interface ContractSubject extends WorkerCommand {
  name: string;
  validConfig: Readonly<Record<string, unknown>>;
  invalidConfig: Readonly<Record<string, unknown>>;
}
