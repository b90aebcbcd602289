/** It opens this far above the level at which it closes. */
const HYSTERESIS_DB = 4;
/** How long it must have been quiet, s: longer than the rests in slow music's drum part. */
const HOLD_SECONDS = 0.5;

/** Tells silence from pauses. */
export interface SilenceGate {
  /** Takes the RMS of one frame in dBFS; true means silence. */
  update(rmsDb: number, thresholdDb: number, frameSeconds: number): boolean;
  reset(): void;
}

export function createSilenceGate(): SilenceGate {
  const state = { silent: true, quietSeconds: 0 };
  return {
    update(rmsDb, thresholdDb, frameSeconds) {
      state.quietSeconds = rmsDb < thresholdDb ? state.quietSeconds + frameSeconds : 0;
      if (rmsDb > thresholdDb + HYSTERESIS_DB) state.silent = false;
      else if (state.quietSeconds >= HOLD_SECONDS) state.silent = true;
      return state.silent;
    },
    reset() {
      state.silent = true;
      state.quietSeconds = 0;
    },
  };
}
