// The stated confidence without its map, for fit_confidence.py: its inputs are recorded.

/** The inputs of the last call, see `statedConfidence`. */
export const record = { trust: 0, half: 0 };

/** @type {typeof import("../../packages/audio/dist/rhythm/trust/stated.js").statedConfidence} */
export const statedConfidence = (trust, half) => {
  record.trust = trust;
  record.half = half;
  return trust;
};
