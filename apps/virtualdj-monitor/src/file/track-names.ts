import { cleanName } from "@vj/playback";

/** What a text file of VirtualDJ contains about a track. */
export interface NamedTrack {
  artist: string;
  title: string;
  /** Seconds, 0 when the file does not hold it. */
  duration: number;
}

/** An entry of a history. */
export interface HistoryEntry extends NamedTrack {
  /** Differs between any two entries, also between two plays of one track. */
  key: string;
  /** When it was played, epoch milliseconds, where the file gives the date; to the minute in a text history. */
  playedAt: number | undefined;
}

/** Artist and title of "Artist - Title", safe to show and short enough to send; without the separator, or anything behind it, all of it is the title. */
export function splitNames(names: string): { artist: string; title: string } {
  // Without an artist the line begins with the separator, and without a title it ends with it: the outer blank was trimmed.
  const padded = ` ${names} `;
  const at = padded.indexOf(" - ");
  const [artist, title] = at < 0 ? ["", names] : [padded.slice(0, at), padded.slice(at + 3)];
  const named = { artist: cleanName(artist), title: cleanName(title) };
  return named.title === "" ? { artist: "", title: named.artist } : named;
}

/** Midnight, local time, of the first date in a text, such as 2026/11/26; undefined without one that is on the calendar. */
export function midnightIn(text: string): number | undefined {
  const groups = /\b(?<year>\d{4})[/.-](?<month>\d{1,2})[/.-](?<day>\d{1,2})\b/.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const [year, month, day] = [Number(groups["year"]), Number(groups["month"]), Number(groups["day"])];
  const midnight = new Date(year, month - 1, day);
  return midnight.getMonth() === month - 1 && midnight.getDate() === day ? midnight.getTime() : undefined;
}

/**
 * The days of a history whose entries say only the time of day: a set that runs over midnight stays under the date on which it began.
 * Days are those of the calendar, which may have 23 or 25 hours.
 */
export class DayCount {
  #midnight: number | undefined;
  #before = 0;

  constructor(midnight: number | undefined) {
    this.#midnight = midnight;
  }

  /** A new date begins. */
  begin(midnight: number): void {
    [this.#midnight, this.#before] = [midnight, 0];
  }

  /** Epoch ms of the next entry; undefined without a date. */
  at(hours: number, minutes: number, seconds = 0): number | undefined {
    if (this.#midnight === undefined) return undefined;
    const time = (hours * 60 + minutes) * 60 + seconds;
    const day = new Date(this.#midnight);
    if (time < this.#before) day.setDate(day.getDate() + 1);
    [this.#midnight, this.#before] = [day.getTime(), time];
    return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes, seconds).getTime();
  }

  /** What names the day in the key of an entry. */
  get key(): string {
    return this.#midnight === undefined ? "" : String(this.#midnight);
  }
}
