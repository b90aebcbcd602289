// Captures with naudiodon at a buffer size, and reports when a chunk with a click has arrived.
import { createRequire } from "node:module";
import { report } from "./child-report.mjs";

/** The part of naudiodon that is used here. @typedef {{ getDevices(): { id: number, name: string }[], AudioIO(options: object): NodeJS.ReadableStream & { start(): void }, SampleFormatFloat32: number }} Naudiodon */

const frames = Number(process.argv[2]);
/** @type {Naudiodon} */
const { AudioIO, SampleFormatFloat32, getDevices } = createRequire(`${import.meta.dirname}/../apps/audio-analyzer/package.json`)("naudiodon");
const device = getDevices().find(({ name }) => name.includes("vjcable"));
if (device === undefined) throw new Error("there is no device vjcable; run the bench where PulseAudio is");
const stream = AudioIO({
  inOptions: { deviceId: device.id, channelCount: 2, sampleRate: 44_100, sampleFormat: SampleFormatFloat32, framesPerBuffer: frames, highwaterMark: frames * 8, maxQueue: 64, closeOnError: false },
});
stream.once("data", () => report("ready"));
stream.on("data", (/** @type {Buffer} */ chunk) => {
  for (let i = 0; i + 4 <= chunk.length; i += 8) {
    if (Math.abs(chunk.readFloatLE(i)) > 0.2) {
      report(Number(process.hrtime.bigint()) / 1e6);
      return;
    }
  }
});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
stream.start();
