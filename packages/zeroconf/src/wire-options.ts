import type { Reach } from "./service.ts";

/** The interfaces that multicast DNS uses. */
export interface WireOptions {
  /** Names or IPv4 addresses of interfaces, such as `lo` or `127.0.0.1`; all when left out. */
  readonly interfaces?: readonly string[] | undefined;
  /** `machine` when left out. */
  readonly reach?: Reach | undefined;
  /** A fault, as text for a person; each once in ten minutes. None ends anything. */
  readonly onProblem: (text: string) => void;
}
