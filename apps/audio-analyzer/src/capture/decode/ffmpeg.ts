import { spawn } from "node:child_process";
import { once } from "node:events";
import { spawnProblem } from "../find-program.ts";
import { joinArrays, view } from "./bytes.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";
import type { Pcm } from "./pcm.ts";

/** Sun audio: a header that gives rate and channels, and needs no length. 6: floats of 32 bits, the high byte first. */
const [headerBytes, magic, floats] = [24, 0x2e736e64, 6];
/** Characters of its error output that are kept. */
const errorCharacters = 400;

/**
 * The first sound of a file, decoded by the `ffmpeg` of this machine, which reads what none of our decoders does.
 * @param file absolute @throws UnreadableError when it cannot be started, or cannot decode all of the file
 */
export async function* decodeByFfmpeg(file: string): AsyncGenerator<Pcm> {
  // Only from files: an MP4 may name other places as that of its sound.
  const args = ["-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i", `file:${file}`, "-map", "0:a:0", "-c:a", "pcm_f32be", "-f", "au", "-"];
  const child = spawn("ffmpeg", args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close").catch((error: unknown) => {
    throw new UnreadableError(`cannot be decoded: ${spawnProblem("ffmpeg", error)}; ${howToConvert}`, { cause: error });
  });
  // Awaited below; a failure to start may come before that.
  ended.catch(() => {});
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, errorCharacters);
  });
  try {
    let some = false;
    for await (const pcm of readSunAudio(child.stdout)) {
      some = true;
      yield pcm;
    }
    const [code] = await ended;
    if (code !== 0 || !some) {
      throw new UnreadableError(`cannot be decoded by ffmpeg: ${complaint.trim().split("\n")[0] || `it ended with ${String(code)}`}; copy it again from where it came from`);
    }
  } finally {
    child.kill("SIGKILL");
  }
}

/** The pieces of such a stream as they come. Ends at once where the stream is another one. */
async function* readSunAudio(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Pcm> {
  let pending: Uint8Array = new Uint8Array(0);
  let format: { readonly channels: number; readonly sampleRate: number } | undefined;
  for await (const piece of stream) {
    pending = joinArrays([pending, piece]);
    if (format === undefined) {
      if (pending.length < headerBytes) continue;
      const head = view(pending);
      const start = head.getUint32(4);
      if (head.getUint32(0) !== magic || head.getUint32(12) !== floats || head.getUint32(20) === 0) return;
      if (pending.length < start) continue;
      format = { sampleRate: head.getUint32(16), channels: head.getUint32(20) };
      pending = pending.subarray(start);
    }
    const { channels, sampleRate } = format;
    const count = Math.floor(pending.length / (channels * 4));
    if (count === 0) continue;
    const samples = view(pending);
    yield { sampleRate, channelData: Array.from({ length: channels }, (_, channel) => Float32Array.from({ length: count }, (_one, i) => samples.getFloat32((i * channels + channel) * 4))) };
    pending = pending.slice(count * channels * 4);
  }
}
