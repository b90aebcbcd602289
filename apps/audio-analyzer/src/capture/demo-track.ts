/** Until the analyzer's own demo track: a kick on every beat of 120 BPM under a tone that changes each bar. */
export function createDemoTrack(sampleRate: number): Float32Array {
  const seconds = 8;
  const track = new Float32Array(sampleRate * seconds);
  const notes = [220, 262, 196, 247];
  for (let i = 0; i < track.length; i += 1) {
    const time = i / sampleRate;
    const beat = time % 0.5;
    const kick = Math.sin(2 * Math.PI * 55 * beat) * Math.exp(-beat * 18);
    const note = Math.sin(2 * Math.PI * (notes[Math.floor(time / 2)] ?? 0) * time);
    track[i] = 0.7 * kick + 0.15 * note;
  }
  return track;
}
