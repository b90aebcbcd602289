import { cleanTrack } from "@vj/playback";
import type { PlayerReport } from "@vj/playback";
import { RateLimit, messageOf } from "@vj/schema";
import type { OscMessage } from "@vj/telemetry";
import { audibleDeck, isAudible, isLoaded } from "./audible-deck.ts";
import { isSameTrack, noDecks, receive, secondsIn } from "./decks.ts";
import type { Deck } from "./decks.ts";
import { VdjSocket } from "./vdj-socket.ts";

export interface VdjConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly queryPort: number;
  /** The audible track; undefined once VirtualDJ is gone. */
  onReport(report: PlayerReport | undefined, deck: number | undefined): void;
  onProblem(problem: string): void;
}

/** VirtualDJ pushes these when they change. */
const subscribed = ["get_title", "get_artist", "get_album", "get_songlength", "loaded", "play", "is_audible", "volume"];
/** It does not push these. */
const polled = ["song_pos", "play", "is_audible", "volume", "get_pitch_value"];
const askedDecks = [1, 2, 3, 4];
const pollMs = 500;
/** Interval of subscriptions, ms: a restarted VirtualDJ has lost them. */
const subscribeMs = 10_000;
/** A VirtualDJ that has answered requests is gone after this long without an answer, ms. */
const silentMs = 3000;
/** Positions that come this fast, so many within so many ms, are answers to questions; a few may be pushed by a program that answers none. */
const manyAnswers = 8;
const answersMs = 1500;
/** A VirtualDJ that only pushes is silent while nothing changes: it is gone after this long, ms. */
const quietMs = 30_000;
const retryMs = 10_000;
/** After a change of the deck, the new one is kept for this long while it has a track, ms: a DJ who cuts back and forth does not change the track. */
const holdMs = 2000;
/** The values of a new track arrive one by one: wait this long for the rest, ms. */
const burstMs = 60;

/** VirtualDJ itself, by its OSC: the audible deck, its track, and its position. */
export class VdjConnection {
  readonly #options: VdjConnectionOptions;
  readonly #problems = new RateLimit(60_000);
  #socket: VdjSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #burst: NodeJS.Timeout | undefined;
  #closed = false;
  #decks = noDecks;
  #deck: number | undefined;
  /** When the deck was changed last; looks again once that was long enough ago. */
  #chosenAt = Number.NEGATIVE_INFINITY;
  #hold: NodeJS.Timeout | undefined;
  /** The track that counts, and the time of its arrival. */
  #track = { key: "", at: 0 };
  #lastAt = Number.NEGATIVE_INFINITY;
  /** When the last positions came. */
  #answers: number[] = [];
  /** Whether it answers questions. */
  #isAnswering = false;
  #subscribedAt = Number.NEGATIVE_INFINITY;
  #alive = false;

  constructor(options: VdjConnectionOptions) {
    this.#options = options;
    void this.#open();
  }

  /** Whether VirtualDJ answers. */
  get alive(): boolean {
    return this.#alive;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#burst);
    clearTimeout(this.#hold);
    for (const address of subscriptions("unsubscribe")) this.#socket?.ask(address);
    this.#socket?.close();
    this.#socket = undefined;
  }

  async #open(): Promise<void> {
    const { host, port, queryPort } = this.#options;
    try {
      const socket = await VdjSocket.open({ host, port, queryPort, onMessage: (message) => this.#receive(message), onProblem: (problem) => this.#reportProblem(problem) });
      if (this.#closed) return socket.close();
      this.#socket = socket;
      this.#poll();
    } catch (error) {
      this.#reportProblem(messageOf(error));
      if (!this.#closed) this.#timer = setTimeout(() => void this.#open(), retryMs);
    }
  }

  #poll(): void {
    const now = performance.now();
    const silent = now - this.#lastAt;
    if (this.#alive && (silent > quietMs || (silent > silentMs && this.#isAnswering))) this.#lose();
    if (now - this.#subscribedAt > subscribeMs) {
      this.#subscribedAt = now;
      for (const address of [...subscriptions("subscribe"), ...subscriptions("query")]) this.#socket?.ask(address);
    }
    for (const deck of askedDecks) for (const verb of polled) this.#socket?.ask(`/vdj/query/deck/${deck}/${verb}`);
    this.#socket?.ask("/vdj/query/crossfader");
    this.#timer = setTimeout(() => this.#poll(), pollMs);
  }

  #receive(message: OscMessage): void {
    const now = performance.now();
    const decks = receive(this.#decks, message, now);
    if (decks === undefined) return;
    this.#askPositions(this.#decks.decks, decks.decks);
    this.#decks = decks;
    this.#lastAt = now;
    if (message.address.endsWith("/song_pos")) this.#countAnswer(now);
    // A VirtualDJ that was just started has sent nothing else yet.
    if (!this.#alive) this.#subscribedAt = Number.NEGATIVE_INFINITY;
    this.#alive = true;
    this.#burst ??= setTimeout(() => this.#report(), burstMs);
  }

  /** Where a new track is, at once: the next question would come up to half a second later. */
  #askPositions(before: readonly Deck[], after: readonly Deck[]): void {
    for (const [index, deck] of after.entries()) {
      const earlier = before[index];
      if (earlier !== undefined && isLoaded(deck) && !isSameTrack(earlier, deck)) this.#socket?.ask(`/vdj/query/deck/${deck.number}/song_pos`);
    }
  }

  #countAnswer(now: number): void {
    this.#answers = [...this.#answers.slice(1 - manyAnswers), now];
    this.#isAnswering ||= this.#answers.length === manyAnswers && now - (this.#answers[0] ?? now) < answersMs;
  }

  #report(): void {
    this.#burst = undefined;
    const now = performance.now();
    const deck = this.#choose(now);
    const key = deck === undefined ? "" : JSON.stringify([deck.number, deck.artist, deck.title]);
    if (key !== this.#track.key) this.#track = { key, at: now };
    this.#options.onReport(deck === undefined ? noTrack(now) : reportOf(deck, this.#track.at, now), this.#deck);
  }

  /** The audible deck, or the one before if that was chosen a moment ago and still has a track. */
  #choose(now: number): Deck | undefined {
    clearTimeout(this.#hold);
    const audible = audibleDeck(this.#decks, this.#deck);
    if (audible?.number === this.#deck) return audible;
    const before = this.#decks.decks.find(({ number }) => number === this.#deck);
    const leftMs = this.#chosenAt + holdMs - now;
    if (before !== undefined && isLoaded(before) && leftMs > 0) {
      this.#hold = setTimeout(() => this.#report(), leftMs);
      return before;
    }
    this.#deck = audible?.number;
    this.#chosenAt = now;
    return audible;
  }

  #lose(): void {
    clearTimeout(this.#burst);
    clearTimeout(this.#hold);
    this.#burst = undefined;
    this.#alive = false;
    this.#decks = noDecks;
    this.#deck = undefined;
    this.#answers = [];
    this.#isAnswering = false;
    this.#options.onReport(undefined, undefined);
  }

  #reportProblem(problem: string): void {
    // The text after the colon may come from a stranger, and differ each time.
    if (this.#problems.admit(problem.split(":")[0] ?? problem, performance.now()) !== undefined) this.#options.onProblem(problem);
  }
}

function subscriptions(kind: "subscribe" | "unsubscribe" | "query"): string[] {
  const decks = askedDecks.flatMap((deck) => subscribed.map((verb) => `/vdj/${kind}/deck/${deck}/${verb}`));
  return [...decks, `/vdj/${kind}/crossfader`];
}

function noTrack(now: number): PlayerReport {
  return { track: undefined, seconds: 0, playing: false, at: now };
}

/** @param begunAt time when the track became the one that counts: its start, as long as VirtualDJ reports no position. */
function reportOf(deck: Deck, begunAt: number, now: number): PlayerReport {
  const { artist, title, album, length, position, rate, number } = deck;
  const known = position !== undefined && length > 0;
  return {
    track: cleanTrack({ artists: [artist], title, album, duration: length }),
    id: String(number),
    seconds: secondsIn(deck, now),
    playing: isAudible(deck),
    rate,
    at: known ? now : begunAt,
  };
}
