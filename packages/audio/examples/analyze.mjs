// The first 20 s of the demo track, frame by frame: node examples/analyze.mjs
import { createAnalyzer, createDemoTrack } from "@vj/audio";

const sampleRate = 44_100;
const track = createDemoTrack(sampleRate);

const analyzer = createAnalyzer({ sampleRate }, (frame) => {
  // One object, filled again for every frame: copy what you keep.
  if (frame.beat === 0) return;
  const bars = Array.from(frame.levels, (level) => "▁▂▃▄▅▆▇█"[Math.min(7, Math.floor(level * 8))]).join("");
  const pitch = frame.pitchHz > 0 ? `${frame.pitchHz.toFixed(0)} Hz` : "";
  console.log(`${frame.time.toFixed(2)} s  beat ${frame.beatInBar}  ${frame.bpm.toFixed(1)} bpm  ${bars}  ${pitch}`);
});

const block = new Float32Array(512); // any size: 60 frames come per second of samples
for (let at = 0; at < 20 * sampleRate; at += block.length) {
  track.render(block, at);
  analyzer.push(block);
}
