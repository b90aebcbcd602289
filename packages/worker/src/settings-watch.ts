import { unwatchFile, watchFile } from "node:fs";

/** Interval in which the file is checked, milliseconds; an edit is taken within two seconds. */
const lookMs = 1000;

/** An invalid file may be half written: it is read once more after this time, milliseconds. */
const againMs = 500;

/**
 * Watches a settings file for edits by others.
 * @param look takes the content; `last` means that a refusal is final; resolves with whether it was refused. Never
 * rejects
 * @returns a function that ends the watch
 */
export function watchSettings(file: string, look: (last: boolean) => Promise<boolean>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const onChange = (): void => {
    clearTimeout(timer);
    void look(false).then((refused) => {
      if (refused) timer = setTimeout(() => void look(true), againMs);
    });
  };
  watchFile(file, { interval: lookMs, persistent: false }, onChange);
  return () => {
    clearTimeout(timer);
    unwatchFile(file, onChange);
  };
}
