import type { FoundLyrics, LyricsQuery } from "../song.ts";

/** Lyrics of one version of a song, as a source has them. */
export interface Candidate {
  /** Names it among all sources: `lrclib:123`, `folder:Artist - Title.lrc`. */
  readonly id: string;
  /** The source that has it, as `get_state` names it. */
  readonly source: string;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  /** Seconds; 0: not known. */
  readonly duration: number;
  readonly lyrics: FoundLyrics;
  /** Whether the source itself says that it is this very song; else it is compared by name and duration. */
  readonly exact: boolean;
}

/** Longer texts of a service are cut, characters: they are not lyrics. */
export const longestLyrics = 500_000;

/** How a source is asked. */
export interface Asking {
  /** Cancels the question. */
  readonly signal: AbortSignal;
  /** Whether a person asks: then a service is asked even during a pause that it asked for. */
  readonly byHand: boolean;
  /** Whether every version is wanted, for a person to choose from; else one that fits is enough. */
  readonly all: boolean;
}

/** One place to find lyrics. */
export interface LyricsSource {
  readonly name: string;
  /**
   * What it has of a song; empty when it has nothing.
   * @throws SourceError when it could not find out.
   */
  find(query: LyricsQuery, asking: Asking): Promise<readonly Candidate[]>;
}

/** A source could not find out. */
export class SourceError extends Error {
  /** The pause that it asks for, ms; undefined when it asks for none. */
  readonly retryMs: number | undefined;

  constructor(message: string, options: { retryMs?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "SourceError";
    this.retryMs = options.retryMs;
  }
}
