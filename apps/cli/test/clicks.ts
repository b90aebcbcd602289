/** One second of 16-bit mono silence with a click at each half. */
export function clicks(): Buffer {
  const rate = 8000;
  const data = Buffer.alloc(rate * 2);
  for (const at of [0, rate]) for (let i = 0; i < 40; i += 2) data.writeInt16LE(20_000, at + i);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
