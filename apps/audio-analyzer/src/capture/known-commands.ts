/** A program that can record the machine's output, in the format of a command source. */
export interface KnownCommand {
  readonly platform: NodeJS.Platform;
  readonly words: readonly [string, ...string[]];
}

const raw = ["--format=float32le", "--rate=44100", "--channels=2"] as const;

const ffmpegArgs = [
  ...["-nostdin", "-loglevel", "error", "-f", "avfoundation", "-i", ":BlackHole 2ch"],
  ...["-flush_packets", "1", "-f", "f32le", "-ar", "44100", "-ac", "2", "-"],
] as const;

const soxArgs = [
  ...["-q", "--buffer", "2048", "-d"],
  ...["-t", "raw", "-e", "floating-point", "-b", "32", "-r", "44100", "-c", "2", "-"],
] as const;

/** Best first. Each is configured for a short delay: by default some of them write only a few times a second. */
export const knownCommands: readonly KnownCommand[] = [
  { platform: "linux", words: ["parec", "-d", "@DEFAULT_MONITOR@", "--raw", ...raw, "--latency-msec=10"] },
  {
    platform: "linux",
    words: ["pw-record", "-P", "stream.capture.sink=true", "--format=f32", "--rate=44100", "--channels=2", "--latency=10ms", "-"],
  },
  { platform: "darwin", words: ["ffmpeg", ...ffmpegArgs] },
  { platform: "darwin", words: ["sox", ...soxArgs] },
  { platform: "linux", words: ["sox", ...soxArgs] },
];
