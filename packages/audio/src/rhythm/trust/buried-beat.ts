/** Finds a beat in loud noise, which hides the height of the peaks: there the filter has to keep to one hypothesis. */
export interface BuriedBeat {
  /** There is one. */
  readonly found: boolean;
  /**
   * @param mass the filter's probability of its hypothesis, 0..1
   * @param canBegin the sound contains noise so loud that music may be buried in it, and no beat goes out yet
   * @param seconds since the last call
   */
  update(mass: number, canBegin: boolean, seconds: number): void;
  reset(): void;
}

/** Time constant of the mean mass, s. */
const keptSeconds = 3;
/** The beat begins above the first mean mass and ends below the second. Steady noise alone stays below 0.75. */
const keptMass = [0.8, 0.5] as const;

export function createBuriedBeat(): BuriedBeat {
  // A fraction as first value: V8 then stores the field as a number that changes in place.
  const usual = { mass: 0.5 };
  const beat = {
    found: false,
    update(mass: number, canBegin: boolean, seconds: number): void {
      usual.mass += (mass - usual.mass) * (seconds / keptSeconds);
      if (beat.found) beat.found = usual.mass > keptMass[1];
      else beat.found = canBegin && usual.mass > keptMass[0];
    },
    reset(): void {
      usual.mass = 0;
      beat.found = false;
    },
  };
  beat.reset();
  return beat;
}
