import { isPlaying } from "./decks.ts";
import type { Deck, Decks } from "./decks.ts";

/** In a mix, where both decks are audible, a deck must be louder by this much to take over. */
const clearly = 0.15;

/**
 * The deck that is audible in the room: among those that play and are audible, the loudest by volume and crossfader. In a
 * mix the earlier one stays until the other is clearly louder.
 * @param before number of the deck that counted so far
 * @returns undefined when no deck has a track. One that is paused counts while no other plays.
 */
export function audibleDeck({ decks, crossfader }: Decks, before: number | undefined): Deck | undefined {
  const loaded = decks.filter(isLoaded);
  const loud = loaded.map((deck) => ({ deck, loudness: isAudible(deck) ? loudness(deck, crossfader) : -1 })).toSorted((a, b) => b.loudness - a.loudness);
  const current = loud.find(({ deck }) => deck.number === before);
  const [best] = loud;
  if (best === undefined || current === undefined) return best?.deck;
  if (best.loudness < 0) return current.deck;
  return current.loudness < 0 || best.loudness - current.loudness >= clearly ? best.deck : current.deck;
}

/** Whether it has a track. */
export function isLoaded({ artist, title }: Deck): boolean {
  return artist !== "" || title !== "";
}

/** Whether it is audible in the room. */
export function isAudible(deck: Deck): boolean {
  return isPlaying(deck) && deck.audible !== false;
}

/** Decks 1 and 3 are on the left of the crossfader, 2 and 4 on the right; in its middle both are at full volume. */
function loudness({ number, volume }: Deck, crossfader: number): number {
  const side = number % 2 === 1 ? 1 - crossfader : crossfader;
  return volume * Math.min(1, side * 2);
}
