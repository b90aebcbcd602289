import { PerSecond } from "../remote/rate.ts";

/** Objects of a connection that are looked at in a second; a busy program sends about a hundred. */
const objectsPerSecond = 1000;
/** A connection with so many more, and not one message among those looked at, has nothing to say. */
const mostInVain = 2000;

/** Keeps one connection from costing the rig its beats. */
export class Flood {
  readonly #rate = new PerSecond(objectsPerSecond);
  #inVain = 0;

  /** Whether the connection is to be closed. */
  get isHopeless(): boolean {
    return this.#inVain > mostInVain;
  }

  /** @param nowMs a steady clock @returns whether one more object is looked at */
  admit(nowMs: number): boolean {
    const isAdmitted = this.#rate.admit(nowMs);
    if (!isAdmitted) this.#inVain += 1;
    return isAdmitted;
  }

  /** A message was among the objects. */
  useful(): void {
    this.#inVain = 0;
  }
}
