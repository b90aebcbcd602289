/** Bytes that may be written over time (a token bucket): what was not used is saved up to a reserve, from which large pictures are written at once. */
export interface ByteBudget {
  /** @param now milliseconds */
  spend(bytes: number, now: number): void;
  /** Whether more was written than is allowed by now: then the next picture can wait. @param now milliseconds */
  isSpent(now: number): boolean;
}

/** A slow line, such as ssh over a telephone, takes this much beside other things; pictures of dense music would be a tenth more. */
const usualPerSecond = 8000;
const usualReserve = 16_000;

export function createByteBudget(perSecond = usualPerSecond, reserve = usualReserve): ByteBudget {
  let left = reserve;
  let at = 0;

  function refill(now: number): void {
    left = Math.min(reserve, left + ((now - at) / 1000) * perSecond);
    at = now;
  }

  return {
    spend(bytes, now) {
      refill(now);
      left -= bytes;
    },
    isSpent(now) {
      refill(now);
      return left < 0;
    },
  };
}
