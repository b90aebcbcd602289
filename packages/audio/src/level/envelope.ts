/** An envelope that rises and falls with its own time constants. */
export interface Envelope {
  readonly value: number;
  update(target: number, frameSeconds: number): void;
  reset(): void;
}

export function createEnvelope(riseSeconds: number, fallSeconds: number): Envelope {
  const envelope = {
    value: 0,
    update(target: number, frameSeconds: number) {
      const seconds = target > envelope.value ? riseSeconds : fallSeconds;
      envelope.value += (target - envelope.value) * (1 - Math.exp(-frameSeconds / seconds));
      if (target === 0 && envelope.value < 0.001) envelope.value = 0;
    },
    reset() {
      envelope.value = 0;
    },
  };
  return envelope;
}
