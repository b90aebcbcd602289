import path from "node:path";
import { parseNowPlaying } from "./parse-now-playing.ts";
import { readTextFile } from "./read-text-file.ts";

/** The last answers, by the path of the file: it is read again only after a change. */
const answers = new Map<string, { readonly mark: string; readonly names: boolean }>();
const mostAnswers = 100;

/** Whether a file names a track, old or new. @param mark differs whenever the file may have changed @returns true where it cannot be read: the reader of the file says why */
export async function namesTrack(file: string, mark: string): Promise<boolean> {
  const known = answers.get(file);
  if (known?.mark === mark) return known.names;
  try {
    const names = parseNowPlaying(await readTextFile(file), path.basename(file)).kind !== "none";
    if (answers.size >= mostAnswers) answers.clear();
    answers.set(file, { mark, names });
    return names;
  } catch {
    return true;
  }
}
