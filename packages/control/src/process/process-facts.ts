/** Facts from the system about one process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not give it. */
  readonly session: number;
  /** When it started, in the unit of its source; compare with {@link ProcessSource.sameStart}. */
  readonly start: number;
  /** The process has ended, and its parent has not collected it yet. */
  readonly ended: boolean;
}

/** A way to get facts about processes from the system. */
export interface ProcessSource {
  /** Undefined when there is no such process. @throws ControlError `processes` when the system cannot be asked. */
  facts(pid: number): ProcessFacts | undefined;
  /** Every process that we may see. @throws ControlError `processes` when the system cannot be asked. */
  all(): ProcessFacts[];
  /** Its current children, at a fraction of the cost of {@link all}; empty where only `all` can find them. */
  children(pid: number): number[];
  /** Its command line, or the title that it set; empty when it has ended. @throws ControlError `processes` when the system cannot be asked. */
  command(pid: number): string;
  /** Whether two start times of one pid belong to the same process. */
  sameStart(a: number, b: number): boolean;
  /** Changes with every boot; empty where start times alone distinguish two boots. */
  boot(): string;
}
