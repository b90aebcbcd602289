/** What a check came to. */
export interface Finding {
  readonly level: "ok" | "warn" | "fail";
  /** What was looked at: `bus directory`, `port 9000`. */
  readonly subject: string;
  /** What was found. */
  readonly found: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** One thing that is looked at; never rejects for what it finds. */
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
