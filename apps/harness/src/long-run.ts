import { messageOf } from "@vj/schema";
import { createProgress, endWithReader, hasReaderLeft, interrupted, interruptedCode } from "@vj/terminal";

/** A long run in a terminal: what it prints, how far it is, and whether a person has ended it. */
export interface LongRun {
  readonly signal: AbortSignal;
  /** Prints a line of its own, above the progress. */
  print(line: string): void;
  /** @param done 0–1 @param doing what is done now */
  progress(done: number, doing: string): void;
  /** The result of the work; where it fails, the process ends with the reason: 2, or 130 once a person has ended the run. */
  attempt<T>(work: (run: LongRun) => Promise<T>): Promise<T>;
  /** Ends the process. @param code 130 instead once a person has ended the run, 0 once the reader of the output has left */
  end(code: number): never;
}

/**
 * Begins a long run of this process.
 * @param name the program
 * @param lines whether the progress is printed where there is not a terminal, for runs that print few lines
 */
export function beginRun(name: string, lines: boolean): LongRun {
  endWithReader(name);
  const bar = createProgress({ lines });
  const print = (line: string): void => bar.above(() => console.log(line));
  const signal = interrupted(() => {
    if (!hasReaderLeft()) bar.above(() => console.error("ending; press again to end at once"));
  });
  const end = (code: number): never => {
    bar.end();
    if (hasReaderLeft()) process.exit(0);
    process.exit(signal.aborted ? interruptedCode : code);
  };
  const run: LongRun = {
    signal,
    print,
    progress: bar.show,
    async attempt(work) {
      bar.show(0, "starting");
      try {
        return await work(run);
      } catch (error) {
        // A run that a person ended fails in many ways, as Ctrl-C also reaches the programs that it started.
        print(signal.aborted ? "ended before anything was found" : messageOf(error));
        return end(2);
      } finally {
        bar.end();
      }
    },
    end,
  };
  return run;
}
