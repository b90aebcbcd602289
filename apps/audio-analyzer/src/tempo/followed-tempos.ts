import { followedSources } from "@vj/audio";
import type { FollowedSource, ProgramBeat } from "@vj/audio";

/** The beat of another program at a moment. */
export interface FollowedTempo extends ProgramBeat {
  /** The moment, ms of the steady clock. */
  readonly atMs: number;
}

/** Time without news after which a program is followed no longer, ms. */
export const followMs = 3000;

/** The programs that send their tempo, one of each kind. `now`: ms of the steady clock. */
export interface FollowedTempos {
  take(tempo: FollowedTempo, now: number): void;
  /** @returns whether the program was followed */
  drop(source: FollowedSource): boolean;
  /** The one that is followed: the first of `followedSources` that is there. Allocates nothing. */
  leading(now: number): FollowedTempo | undefined;
  /** Those that are there, the first before the others. */
  all(now: number): (FollowedTempo & { readonly ageMs: number })[];
}

export function createFollowedTempos(): FollowedTempos {
  const places: ({ tempo: FollowedTempo; takenAt: number } | undefined)[] = followedSources.map(() => undefined);
  const isThere = (index: number, now: number): boolean => now - (places[index]?.takenAt ?? -Infinity) <= followMs;
  return {
    take(tempo, now) {
      places[followedSources.indexOf(tempo.source)] = { tempo, takenAt: now };
    },
    drop(source) {
      const index = followedSources.indexOf(source);
      const wasThere = places[index] !== undefined;
      places[index] = undefined;
      return wasThere;
    },
    leading(now) {
      for (let i = 0; i < places.length; i += 1) if (isThere(i, now)) return places[i]?.tempo;
      return undefined;
    },
    all: (now) =>
      places.flatMap((place, i) => (place !== undefined && isThere(i, now) ? [{ ...place.tempo, ageMs: Math.round(now - place.takenAt) }] : [])),
  };
}
