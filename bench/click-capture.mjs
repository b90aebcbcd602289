// Captures with naudiodon at a buffer size, and tells when a chunk with a click in it has come.
import { createRequire } from "node:module";

const frames = Number(process.argv[2]);
const { AudioIO, SampleFormatFloat32, getDevices } = createRequire(`${import.meta.dirname}/../apps/audio-analyzer/package.json`)("naudiodon");
const device = getDevices().find(({ name }) => name.includes("vjcable"));
const stream = AudioIO({
  inOptions: { deviceId: device.id, channelCount: 2, sampleRate: 44_100, sampleFormat: SampleFormatFloat32, framesPerBuffer: frames, highwaterMark: frames * 8, maxQueue: 64, closeOnError: false },
});
stream.once("data", () => process.send("ready"));
stream.on("data", (chunk) => {
  for (let i = 0; i + 4 <= chunk.length; i += 8) {
    if (Math.abs(chunk.readFloatLE(i)) > 0.2) {
      process.send(Number(process.hrtime.bigint()) / 1e6);
      return;
    }
  }
});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
stream.start();
