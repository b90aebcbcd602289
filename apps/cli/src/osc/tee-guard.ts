import { randomBytes } from "node:crypto";

/** So many packets within a second are more than a rig sends: perhaps they go round. */
const suspicious = 1000;
const windowMs = 1000;
/** From 1900, where time tags begin, seconds. */
const secondsTo1970 = 2_208_988_800;

/**
 * Several `--tee` that pass packets on in a circle would send each packet round for ever. When suspiciously many packets come, this sends a
 * packet of its own along, an OSC bundle with nothing in it, with which no program does anything: what comes back is a circle.
 * Pure but for its memory.
 */
export class TeeGuard {
  #since = -Infinity;
  #count = 0;
  #probe: Buffer | undefined;
  #circle = false;

  /** Whether packets came back; nothing is passed on any more. */
  get circle(): boolean {
    return this.#circle;
  }

  /** @returns the packets to pass on. @param now ms, never backwards */
  pass(bytes: Uint8Array, now: number): readonly Uint8Array[] {
    this.#circle ||= this.#probe?.equals(bytes) === true;
    if (this.#circle) return [];
    if (now - this.#since >= windowMs) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += 1;
    if (this.#count !== suspicious) return [bytes];
    this.#probe ??= emptyBundle();
    return [bytes, this.#probe];
  }
}

/** A bundle of this second and a random fraction of it, so that nobody else sends the same. */
function emptyBundle(): Buffer {
  const seconds = Buffer.alloc(4);
  seconds.writeUInt32BE((Math.floor(Date.now() / 1000) + secondsTo1970) % 2 ** 32);
  return Buffer.concat([Buffer.from("#bundle\0"), seconds, randomBytes(4)]);
}
