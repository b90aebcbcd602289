import { unwatchFile, watchFile } from "node:fs";

/** How often the file is checked; an edit is taken within two seconds. Milliseconds. */
const lookMs = 1000;

/** A file that makes no sense may be half written: it is read once more. Milliseconds. */
const againMs = 500;

/**
 * Watches a settings file for what others write into it.
 * @param look takes what is there, `last` when a refusal is final; resolves with whether it was refused. Never rejects
 * @returns what ends it
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
