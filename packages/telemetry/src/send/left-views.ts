import type { View } from "../view/view.ts";
import type { Place } from "./place.ts";

/** By then brightness may have any value again, and no flash counts any more, ms. */
const keptMs = 2000;
/** Places remembered at most. */
const most = 256;

/**
 * What places saw last, for a target that is back soon: switched off and on, or removed and added, it begins from where it was. Otherwise each
 * of these would be a way around the flash guard.
 */
export class LeftViews {
  readonly #left = new Map<string, { readonly view: View; readonly at: number }>();

  /** A receiver at a place no longer gets what this view sends. @param now ms */
  leave(place: Place, view: View, now: number): void {
    for (const [key, { at }] of this.#left) if (now - at > keptMs || this.#left.size >= most) this.#left.delete(key);
    if (view.isGuarded) this.#left.set(keyOf(place), { view, at: now });
  }

  /** What a place saw until a moment ago; undefined when that is long ago, or unknown. @param now ms */
  viewAt(place: Place, now: number): View | undefined {
    const left = this.#left.get(keyOf(place));
    return left === undefined || now - left.at > keptMs ? undefined : left.view;
  }
}

function keyOf({ host, port }: Place): string {
  return `${host} ${port}`;
}
