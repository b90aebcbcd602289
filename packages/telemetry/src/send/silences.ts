import type { Place } from "./place.ts";

/** Nothing is sent to this place; without a place: to none. */
export interface Silence {
  readonly place: Place | undefined;
}

/** What is muted now; several mutes hold independently of each other. */
export class Silences {
  readonly #all = new Set<Silence>();

  add(place: Place | undefined): Silence {
    const silence = { place };
    this.#all.add(silence);
    return silence;
  }

  /** @returns false when it had ended before */
  end(silence: Silence): boolean {
    return this.#all.delete(silence);
  }

  /** Whether a place gets nothing. */
  cover(place: Place): boolean {
    if (this.#all.size === 0) return false;
    for (const silence of this.#all) if (concerns(silence, place)) return true;
    return false;
  }
}

/** Whether a mute is about a place. */
export function concerns({ place }: Silence, { host, port }: Place): boolean {
  return place === undefined || (place.host === host && place.port === port);
}
