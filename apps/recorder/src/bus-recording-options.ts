/** What is recorded, and into which files. */
export interface BusRecordingOptions {
  readonly busDir: string;
  /** Names of processes that are not recorded. */
  readonly except: readonly string[];
  /** The first file; later ones are numbered. */
  readonly file: string;
  /** Whether missing folders above the file are created; its own folder always is. */
  readonly makeFolders: boolean;
  /** OSC patterns of addresses that are not recorded. */
  readonly leaveOut: readonly string[];
  /** A new file begins after so many milliseconds. */
  readonly splitMs: number;
  /** Of the program, for the head of the file. */
  readonly version: string;
  readonly onProblem: (problem: string) => void;
  /** Called with the path of each file that begins. */
  readonly onFile?: (file: string) => void;
}

/** Figures of a recording so far, over all its files. */
export interface BusRecordingStats {
  /** The file that is being written; undefined while none can be. */
  readonly file: string | undefined;
  readonly files: number;
  readonly messages: number;
  /** Bytes. */
  readonly size: number;
  /** Messages that could not be written. */
  readonly lost: number;
  /** Why nothing can be written now; undefined while it can. */
  readonly fault: string | undefined;
  /** What helps against it, besides another folder; undefined where that is not known. */
  readonly help: string | undefined;
}
