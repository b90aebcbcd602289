/** With fewer samples of one size it is not worth it. */
const fewest = 2 ** 16;
/** A sample of plain sound is not longer, bytes: eight channels of 64 bits. */
const longest = 64;
/** Samples that become one, at most. */
const mostJoined = 1024;

/**
 * In a track of plain sound each sample of all channels is one of the index, 44,100 a second: the decoder keeps a number
 * for each, and takes each alone. Declares many neighbours as one, where all chunks have a multiple of them.
 * @param tables offsets of the content of one track's tables in the index @param chunks number of its chunks
 */
export function joinSamples(numbers: DataView, tables: ReadonlyMap<string, number>, chunks: number): void {
  const [sizes, groups] = [tables.get("stsz"), tables.get("stsc")];
  if (sizes === undefined || groups === undefined) return;
  const [size, count] = [numbers.getUint32(sizes + 4), numbers.getUint32(sizes + 8)];
  if (size === 0 || size > longest || count < fewest) return;
  const entries = Array.from({ length: numbers.getUint32(groups + 4) }, (_, i) => groups + 8 + i * 12);
  // The last chunk may have fewer; what does not fill one sample of it is left out.
  const whole = entries.filter((at, i) => i < entries.length - 1 || numbers.getUint32(at) < chunks);
  let joined = mostJoined;
  while (joined > 1 && whole.some((at) => numbers.getUint32(at + 4) % joined !== 0)) joined /= 2;
  if (joined === 1) return;
  numbers.setUint32(sizes + 4, size * joined);
  numbers.setUint32(sizes + 8, Math.floor(count / joined));
  for (const at of entries) numbers.setUint32(at + 4, Math.max(1, Math.floor(numbers.getUint32(at + 4) / joined)));
}
