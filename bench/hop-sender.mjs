// Plays the part of the audio worker for hop-latency: demo track in real time, analysed, published, time-stamped.
import { createAnalyzer, createDemoTrack } from "@vj/audio";
import { audioOsc, defineOscTable, int } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";

const port = Number(process.argv[2]);
const seconds = Number(process.argv[3]);
const sampleRate = 44_100;
const table = {
  ...audioOsc,
  ...defineOscTable({ "/bench/hop": { args: [int("sec"), int("nsec")], kind: "event", description: "When the hop was complete" } }),
};
const telemetry = createTelemetry({ table, targets: [{ name: "bench", host: "127.0.0.1", port, enabled: true }] });
await telemetry.settled();
const track = createDemoTrack(sampleRate);
const step = sampleRate / 60;
const hop = new Float32Array(step);
let before = 0n;

const analyzer = createAnalyzer({ sampleRate }, (frame) => {
  telemetry.send("/audio/levels", frame.levels);
  telemetry.send("/audio/spectrum", frame.spectrum);
  telemetry.send("/audio/beat", [frame.beat, frame.flux]);
  telemetry.send("/audio/pitch", [frame.pitchHz, frame.pitchConfidence]);
  telemetry.send("/audio/phase", [frame.phase, frame.barPhase, frame.beatInBar]);
  telemetry.send("/audio/onset", [frame.kick, frame.snare, frame.hat]);
  telemetry.send("/audio/energy", [frame.energyFast, frame.energySlow]);
  telemetry.send("/bench/hop", [Number(before / 1_000_000_000n), Number(before % 1_000_000_000n)]);
});

const start = performance.now();
let frames = 0;
const tick = () => {
  while (frames < Math.floor(((performance.now() - start) * 60) / 1000)) {
    track.render(hop, frames * step);
    before = process.hrtime.bigint();
    analyzer.push(hop, 0, step);
    frames += 1;
  }
  if (frames < seconds * 60) setTimeout(tick, Math.max(0, start + ((frames + 1) * 1000) / 60 - performance.now()));
  else void telemetry.close();
};
tick();
