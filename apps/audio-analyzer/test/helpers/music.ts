/** Length of the music, s, and its tempo. */
export const musicSeconds = 6;
export const musicBpm = 120;

/** The music of all recordings among the fixtures: kicks on the beats, hats between them, a bass. One channel, -1..1. */
export function music(sampleRate: number, seconds = musicSeconds): Float32Array {
  const samples = new Float32Array(Math.round(sampleRate * seconds));
  const beat = 60 / musicBpm;
  let noise = 1;
  for (let i = 0; i < samples.length; i += 1) {
    const time = i / sampleRate;
    const sinceKick = time % beat;
    const sinceHat = (time + beat / 2) % beat;
    const kick = Math.sin(2 * Math.PI * (50 * sinceKick + 6 * (1 - Math.exp(-sinceKick * 30)))) * Math.exp(-sinceKick * 12);
    const bass = Math.sin(2 * Math.PI * (Math.floor(time / beat) % 4 === 3 ? 65.4 : 55) * time) * (sinceKick > 0.12 ? 0.2 : 0);
    noise = (noise * 16_807) % 2_147_483_647;
    const hat = (noise / 1_073_741_824 - 1) * Math.exp(-sinceHat * 60);
    samples[i] = 0.6 * kick + bass + 0.15 * hat;
  }
  return samples;
}
