/** Longest header line of a capture process. */
const headerBytes = 4096;

/** Turns the bytes of a pipe into samples, wherever they are cut. */
export interface PcmDecoder {
  /**
   * Processes the next bytes. Calls back once with the header line (if one is expected), then with whole sample frames in
   * a reused buffer.
   * @throws RangeError when the header does not end
   */
  push(chunk: Uint8Array): void;
}

export interface PcmDecoderOptions {
  /** Samples per frame. */
  channels: number;
  /** Called with the first line, without its end; left out when the stream begins with samples. */
  onHeader?: (line: string) => void;
  onSamples: (interleaved: Float32Array) => void;
}

/** A decoder of little-endian 32-bit floats, with or without one line of text before them. */
export function createPcmDecoder({ channels, onHeader, onSamples }: PcmDecoderOptions): PcmDecoder {
  const frameBytes = channels * Float32Array.BYTES_PER_ELEMENT;
  // Aligned for Float32Array; a chunk of a pipe is not.
  let store = new Uint8Array(65_536 + frameBytes);
  let held = 0;
  let header = onHeader === undefined ? undefined : Buffer.alloc(0);

  const takeSamples = (chunk: Uint8Array): void => {
    if (held + chunk.length > store.length) {
      const larger = new Uint8Array((held + chunk.length) * 2);
      larger.set(store.subarray(0, held));
      store = larger;
    }
    store.set(chunk, held);
    const end = held + chunk.length;
    const whole = end - (end % frameBytes);
    if (whole > 0) onSamples(new Float32Array(store.buffer, 0, whole / Float32Array.BYTES_PER_ELEMENT));
    store.copyWithin(0, whole, end);
    held = end - whole;
  };

  return {
    push(chunk) {
      if (header === undefined) return takeSamples(chunk);
      header = Buffer.concat([header, chunk]);
      const end = header.indexOf("\n");
      if (end < 0) {
        if (header.length > headerBytes) throw new RangeError(`no header within ${headerBytes} bytes`);
        return;
      }
      const line = header.toString("utf8", 0, end);
      const rest = header.subarray(end + 1);
      header = undefined;
      onHeader?.(line);
      takeSamples(rest);
    },
  };
}
