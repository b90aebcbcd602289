import { watchReader } from "./reader-watch.ts";

/** Shorter commands end by themselves, and nothing is started for them; also between looks whether there is something to clean up, ms. */
const watchAfterMs = 1000;

let readerLeft = false;

/** Whether the reader of standard output has closed the pipe: it has what it wanted, which is not an interruption. */
export function hasReaderLeft(): boolean {
  return readerLeft;
}

/**
 * Allows a reader to close the pipe (`vj logs -f | head`): ends the process with 0. A command that must clean up listens for SIGHUP first, as
 * `interrupted` does, and gets it as when the terminal closes, within about two seconds also while it writes nothing. Any other fault of
 * the output, mostly a full disk, ends the process with 1 and the reason.
 * @param name the command, for that reason
 */
export function endWithReader(name: string): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") endFor(name, stream, error);
      readerLeft ||= stream === process.stdout && error.code === "EPIPE";
      if (process.listenerCount("SIGHUP") === 0) process.exit(0);
      process.emit("SIGHUP", "SIGHUP");
    });
  }
  // One that does not clean up finishes what it began, and notices when it writes. It may still load what will clean up.
  const end = (): void => {
    if (process.listenerCount("SIGHUP") === 0) setTimeout(end, watchAfterMs).unref();
    else {
      readerLeft = true;
      process.emit("SIGHUP", "SIGHUP");
    }
  };
  setTimeout(() => watchReader(end), watchAfterMs).unref();
}

/** What is already written cannot be taken back. */
function endFor(name: string, stream: NodeJS.WriteStream, { message }: Error): never {
  if (stream === process.stdout) process.stderr.write(`${name}: the output is not whole: ${message}\n  make room, or let it go elsewhere\n`);
  process.exit(1);
}
