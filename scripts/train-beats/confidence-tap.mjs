// The stated confidences without their maps, for fit_confidence.py: their inputs are recorded.

/** The inputs of the last calls, see `statedConfidence`, `statedBar`, `statedPhrase`. */
export const record = { trust: 0, half: 0, place: 0, count: 0 };

/** @type {typeof import("../../packages/audio/dist/rhythm/trust/stated.js").statedConfidence} */
export const statedConfidence = (trust, half) => {
  record.trust = trust;
  record.half = half;
  return trust;
};

/** @type {typeof import("../../packages/audio/dist/rhythm/trust/stated.js").statedBar} */
export const statedBar = (place) => (record.place = place);

/** @type {typeof import("../../packages/audio/dist/rhythm/trust/stated.js").statedPhrase} */
export const statedPhrase = (count) => (record.count = count);
