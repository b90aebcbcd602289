import type { OscMessage, OscValue } from "@vj/telemetry";

/** The state of one deck. Times are milliseconds of the monotonic clock. */
export interface Deck {
  readonly number: number;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  /** Seconds; 0 when unknown. */
  readonly length: number;
  /** Undefined until VirtualDJ has reported it. */
  readonly playing: boolean | undefined;
  /** Undefined until VirtualDJ has reported it. */
  readonly audible: boolean | undefined;
  /** Its position has moved. */
  readonly moving: boolean;
  /** 0–1. */
  readonly volume: number;
  /** 0–1 of the track; undefined until VirtualDJ has reported it. */
  readonly position: number | undefined;
  readonly positionAt: number;
  /** Speed of the track; 1 is as recorded. */
  readonly rate: number;
}

/** Every deck, and the crossfader: 0 left, 1 right. */
export interface Decks {
  readonly decks: readonly Deck[];
  readonly crossfader: number;
}

const mostDecks = 4;
const emptyDeck = { artist: "", title: "", album: "", length: 0, playing: undefined, audible: undefined, moving: false, volume: 1, position: undefined, positionAt: 0, rate: 1 };

/** The state before any message. */
export const noDecks: Decks = {
  decks: Array.from({ length: mostDecks }, (_, index) => ({ number: index + 1, ...emptyDeck })),
  crossfader: 0.5,
};

/** A larger value is a length in milliseconds, which some versions send. */
const longestTrack = 36_000;
/** A day, seconds: a longer length is not one. */
const longestLength = 86_400;
/** A larger speed is a fault. */
const fastest = 16;
const longestText = 1000;
const deckAddress = /^\/vdj\/(?:query\/|subscribe\/)?deck\/([1-9]\d?)\/([a-z_]+)$/;
const mixerAddress = /^\/vdj\/(?:query\/|subscribe\/)?crossfader$/;

/**
 * The decks after a message of VirtualDJ: `/vdj/deck/1/get_title "…"`, with the result of a script verb as its argument.
 * @returns undefined for other messages.
 */
export function receive(before: Decks, { address, args }: OscMessage, now: number): Decks | undefined {
  const value = args[0] ?? "";
  if (mixerAddress.test(address)) return { ...before, crossfader: within01(numberOf(value) ?? before.crossfader) };
  const [, number = "", verb = ""] = deckAddress.exec(address) ?? [];
  const deck = before.decks[Number(number) - 1];
  const changed = deck === undefined ? undefined : change(deck, verb, value, now);
  if (changed === undefined) return undefined;
  return { ...before, decks: before.decks.map((one) => (one.number === changed.number ? changed : one)) };
}

function change(deck: Deck, verb: string, value: OscValue, now: number): Deck | undefined {
  switch (verb) {
    case "get_title":
      return withTrack(deck, { title: textOf(value) });
    case "get_artist":
      return withTrack(deck, { artist: textOf(value) });
    case "get_album":
      return { ...deck, album: textOf(value) };
    case "get_songlength":
      return { ...deck, length: lengthOf(numberOf(value)) ?? deck.length };
    case "play":
      return isTrue(value) === deck.playing ? deck : { ...settle(deck, now), playing: isTrue(value) };
    case "is_audible":
      return { ...deck, audible: isTrue(value) };
    case "volume":
      return { ...deck, volume: within01(numberOf(value) ?? deck.volume) };
    case "song_pos": {
      const reported = numberOf(value);
      if (reported === undefined) return deck;
      const position = within01(reported);
      return { ...deck, position, positionAt: now, moving: deck.position !== undefined && position !== deck.position };
    }
    case "get_pitch_value": {
      const percent = numberOf(value) ?? 0;
      return percent > 0 ? { ...settle(deck, now), rate: Math.min(fastest, percent / 100) } : deck;
    }
    case "loaded":
      return isTrue(value) ? deck : { number: deck.number, ...emptyDeck };
    default:
      return undefined;
  }
}

/** Seconds into the track now; 0 where VirtualDJ has not sent length and position. */
export function secondsIn(deck: Deck, now: number): number {
  const { position, positionAt, length, rate } = deck;
  if (position === undefined || length === 0) return 0;
  return Math.min(length, position * length + (isPlaying(deck) ? ((now - positionAt) / 1000) * rate : 0));
}

/** The position that was known is that of the track before. */
function withTrack(deck: Deck, change: Partial<Pick<Deck, "title" | "artist">>): Deck {
  const next = { ...deck, ...change };
  return isSameTrack(deck, next) ? deck : { ...next, position: undefined };
}

/** Whether a deck has the track that it had before. */
export function isSameTrack(before: Deck, { artist, title }: Deck): boolean {
  return artist === before.artist && title === before.title;
}

/** Positions come only now and then: when a deck stops or starts, its position at this moment is kept. */
function settle(deck: Deck, now: number): Deck {
  if (deck.position === undefined || deck.length === 0) return deck;
  return { ...deck, position: secondsIn(deck, now) / deck.length, positionAt: now };
}

/** Whether it plays, as far as VirtualDJ shows it. */
export function isPlaying({ playing, moving, audible }: Deck): boolean {
  return playing ?? (moving || audible === true);
}

/** VirtualDJ sends an empty text for false. */
function isTrue(value: OscValue): boolean {
  if (typeof value === "string") return !["", "0", "no", "off", "false"].includes(value.toLowerCase());
  return value === true || (typeof value === "number" && value > 0);
}

/** Undefined for what is not a finite number: the value before stays. */
function numberOf(value: OscValue): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value.replace("%", "")) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A length in seconds; 0 when there is none. */
function lengthOf(reported: number | undefined): number | undefined {
  if (reported === undefined) return undefined;
  const seconds = reported > longestTrack ? reported / 1000 : reported;
  return seconds > 0 && seconds <= longestLength ? seconds : 0;
}

/** A title of digits may come as a number. */
function textOf(value: OscValue): string {
  return typeof value === "string" ? value.slice(0, longestText) : typeof value === "number" && Number.isFinite(value) ? String(value) : "";
}

function within01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
