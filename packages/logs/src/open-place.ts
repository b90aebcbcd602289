import { LogPart } from "./log-part.ts";
import type { Place } from "./log-parts.ts";

/** The files may be renamed between choosing and opening. */
const mostTries = 5;

/**
 * Opens the chosen file and checks afterwards that the choice still holds, since files may be renamed in between.
 * @returns undefined when none is chosen, or when the names change too quickly: try again later. @throws as
 * `LogPart.open`.
 */
export function openPlace(busDir: string, choose: () => Place | undefined): LogPart | undefined {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const place = choose();
    if (place === undefined) return undefined;
    const part = LogPart.open(busDir, place);
    if (part?.inode === place.inode && choose()?.inode === place.inode) return part;
    part?.close();
  }
  return undefined;
}
