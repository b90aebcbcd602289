/** The result of a check. */
export interface Finding {
  readonly level: "ok" | "warn" | "fail";
  /** The checked object: `bus directory`, `port 9000`. */
  readonly subject: string;
  /** The finding. */
  readonly found: string;
  /** The next step. */
  readonly fix?: string;
}

/** One check; faults that it finds are results, not rejections. */
export type Check = () => Promise<readonly Finding[]>;

export function fine(subject: string, found: string): Finding {
  return { level: "ok", subject, found };
}

export function warning(subject: string, found: string, fix: string): Finding {
  return { level: "warn", subject, found, fix };
}

export function failure(subject: string, found: string, fix: string): Finding {
  return { level: "fail", subject, found, fix };
}
