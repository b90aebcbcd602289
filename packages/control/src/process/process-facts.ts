import { existsSync } from "node:fs";
import { procFiles } from "./proc-files.ts";
import { psCommand } from "./ps-command.ts";

/** What the system knows about one process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not give it. */
  readonly session: number;
  /** When it started, in the unit of its source; compare with {@link ProcessSource.sameStart}. */
  readonly start: number;
  /** It has ended, and waits for its parent to collect it. */
  readonly ended: boolean;
}

/** A way to ask the system for processes. */
export interface ProcessSource {
  /** Undefined when there is no such process. @throws Error when the system cannot be asked. */
  facts(pid: number): ProcessFacts | undefined;
  /** Every process that we may see. @throws Error when the system cannot be asked. */
  all(): ProcessFacts[];
  /** Its children now, for a fraction of the price of {@link all}; empty where only `all` has them. */
  children(pid: number): number[];
  /** Its command line, or the title that it gave itself; empty when it has ended. @throws Error when the system cannot be asked. */
  command(pid: number): string;
  /** Whether two start times of one pid are of the same process. */
  sameStart(a: number, b: number): boolean;
  /** Changes with every boot; empty where start times alone distinguish two boots. */
  boot(): string;
}

/**
 * The way of this system: `/proc` where there is one, else `ps`. `VJ_PROCESS_FACTS=ps` takes `ps` everywhere, for tests of
 * that way.
 */
export const processSource: ProcessSource =
  process.env["VJ_PROCESS_FACTS"] !== "ps" && existsSync("/proc/self/stat") ? procFiles : psCommand;
