/** Lower end of a meter without auto gain, dBFS. */
const meterFloorDb = -60;

/** Stevens' exponent for loudness over amplitude: 10 dB less sounds half as loud and is shown half as bright. */
const loudnessExponent = 0.6;

/** Lowest level that is ever returned, dB. */
export const quietestDb = -200;

/** Power (1 is a sine at full scale) in dB. */
export function powerToDb(power: number): number {
  return power > 1e-20 ? 10 * Math.log10(power) : quietestDb;
}

/** Perceived loudness relative to a reference, 0–1: 0 dB gives 1, -12 dB gives 0.44, -40 dB gives 0.06. */
export function loudness(levelDb: number, referenceDb: number): number {
  return levelDb >= referenceDb ? 1 : 10 ** ((loudnessExponent * (levelDb - referenceDb)) / 20);
}

/** Meter reading, 0–1, linear in dB: 0 dBFS gives 1, -60 dBFS gives 0. */
export function meter(levelDb: number): number {
  return Math.max(0, Math.min(1, 1 - levelDb / meterFloorDb));
}
