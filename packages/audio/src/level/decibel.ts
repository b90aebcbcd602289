/** Where a meter without auto gain begins, dBFS. */
const meterFloorDb = -60;

/** Stevens' exponent for loudness over amplitude: 10 dB less looks half as bright, as it sounds half as loud. */
const loudnessExponent = 0.6;

/** Nothing is quieter than this. */
export const quietestDb = -200;

/** Power (1 is a sine at full scale) in dB. */
export function powerToDb(power: number): number {
  return power > 1e-20 ? 10 * Math.log10(power) : quietestDb;
}

/** 0–1 by perceived loudness against a reference: 0 dB is 1, -12 dB is 0.44, -40 dB is 0.06. */
export function loudness(levelDb: number, referenceDb: number): number {
  return levelDb >= referenceDb ? 1 : 10 ** ((loudnessExponent * (levelDb - referenceDb)) / 20);
}

/** 0–1 as on a meter: 0 dBFS is 1, -60 dBFS is 0, straight between. */
export function meter(levelDb: number): number {
  return Math.max(0, Math.min(1, 1 - levelDb / meterFloorDb));
}
