import { tempDir, waitFor } from "@vj/test-kit";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AudioSource } from "../src/capture/audio-source.ts";
import { createChildSource } from "../src/capture/child-source.ts";
import { delivers } from "../src/capture/probe-command.ts";

/** Long enough for a busy machine to start a process, and to let it write. */
const timing = { openMs: 15_000, stallMs: 3000 };

/** A source that runs a few lines of JavaScript; `on` is the descriptor that carries the samples. */
function scripted(script: string, on: 1 | 3 = 1, more: Partial<typeof timing> = {}): AudioSource {
  return createChildSource({
    kind: on === 1 ? "command" : "device",
    name: (opened = "script") => opened,
    command: process.execPath,
    args: ["-e", script],
    env: process.env,
    samplesOn: on,
    format: on === 1 ? { channels: 2, sampleRate: 44_100 } : "line",
    timing: { ...timing, ...more },
  });
}

/** Writes eight bytes, one stereo sample of 0.5, repeatedly. */
const chunks = (descriptor: number, times = Number.MAX_SAFE_INTEGER): string => `
  const chunk = Buffer.from(Float32Array.of(0.5, 0.5).buffer);
  let left = ${times};
  setInterval(() => { if (left-- > 0) fs.writeSync(${descriptor}, chunk); }, 10);
`;

/** Runs a source until `done`; returns its samples. */
async function until(source: AudioSource, what: string, done: (samples: number) => boolean) {
  let samples = 0;
  let format = { channels: 0, sampleRate: 0 };
  source.start((interleaved, channels, sampleRate) => {
    samples += interleaved.length;
    format = { channels, sampleRate };
  });
  try {
    await waitFor(what, () => done(samples));
    return { samples, format, status: source.status() };
  } finally {
    await source.stop();
  }
}

describe("child source", () => {
  it("reads samples from the standard output of a command", async () => {
    const { format, status } = await until(scripted(chunks(1)), "samples", (samples) => samples > 20);
    expect(format).toEqual({ channels: 2, sampleRate: 44_100 });
    expect(status).toEqual({ phase: "open", problem: "" });
  });

  it("takes the format from the first line of descriptor 3", async () => {
    const header = JSON.stringify({ name: "x", hostApi: "y", channels: 1, sampleRate: 48_000 });
    const script = `console.log("noise"); fs.writeSync(3, ${JSON.stringify(`${header}\n`)}); ${chunks(3)}`;
    const source = scripted(script, 3);
    expect(source.name).toBe("script");
    const { format } = await until(source, "samples", (samples) => samples > 20);
    expect(format).toEqual({ channels: 1, sampleRate: 48_000 });
    expect(source.name).toBe("x");
  });

  it("restarts a command that ended, and reports why it ended", async () => {
    await using dir = tempDir();
    const script = `
      const file = ${JSON.stringify(dir.join("starts"))};
      fs.appendFileSync(file, "x");
      if (fs.readFileSync(file, "utf8").length < 3) { console.error("no such sink"); process.exit(1); }
      ${chunks(1)}
    `;
    const source = scripted(script);
    const problems = new Set<string>();
    await until(source, "samples of the third", (samples) => {
      problems.add(source.status().problem);
      return samples > 20;
    });
    expect(readFileSync(dir.join("starts"), "utf8")).toBe("xxx");
    expect([...problems]).toContain("no such sink");
  });

  it("kills a command that falls silent, even one that ignores every signal but the last", async () => {
    await using dir = tempDir();
    const script = `
      process.on("SIGTERM", () => {});
      fs.appendFileSync(${JSON.stringify(dir.join("starts"))}, process.pid + "\\n");
      ${chunks(1, 5)}
    `;
    const starts = (): string[] =>
      existsSync(dir.join("starts")) ? readFileSync(dir.join("starts"), "utf8").trim().split("\n") : [];
    await until(scripted(script, 1, { stallMs: 300 }), "a second start", () => starts().length >= 2);
    for (const pid of starts()) expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
  });

  it("reports that a device delivers nothing, and the error of the capture process", async () => {
    const quiet = scripted("setInterval(() => {}, 1000)", 1, { openMs: 300 });
    expect((await until(quiet, "a loss", () => quiet.status().phase === "lost")).status.problem).toBe("it delivers nothing");
    const refused = scripted(`fs.writeSync(3, '{"error":"no input x"}\\n')`, 3);
    expect((await until(refused, "a loss", () => refused.status().phase === "lost")).status.problem).toBe("no input x");
    const garbled = scripted(`fs.writeSync(3, "what?\\n"); setInterval(() => {}, 1000)`, 3);
    const { status } = await until(garbled, "a loss", () => garbled.status().phase === "lost");
    expect(status.problem).toMatch(/not understood/);
  });

  it.each([
    ["does not exist", "/nowhere/vj-no-such-program", [], /there is no program "\/nowhere\/vj-no-such-program"; install it/],
    ["lies in a file", `${process.execPath}/x`, [], /there is no program/],
    ["has arguments that are too long", process.execPath, ["x".repeat(4_000_000)], /arguments are too long/],
    ["has arguments that cannot be given", process.execPath, ["x\0y"], /null bytes/],
  ])("survives a command that %s", async (_, command, args, reason) => {
    const source = createChildSource({
      kind: "command",
      name: () => "nothing",
      command,
      args,
      env: process.env,
      samplesOn: 1,
      format: { channels: 2, sampleRate: 44_100 },
      timing,
    });
    const { status } = await until(source, "a loss", () => source.status().phase === "lost");
    expect(status.problem).toMatch(reason);
  });

  it("reads a command that writes as fast as it can no faster than it is played, beyond the first seconds", async () => {
    const source = scripted("const zeros = Buffer.alloc(65_536); const write = () => process.stdout.write(zeros, write); write();");
    let seconds = 0;
    const begun = performance.now();
    source.start((interleaved, channels, sampleRate) => {
      seconds += interleaved.length / channels / sampleRate;
    });
    await waitFor("more than the first seconds", () => seconds > 12);
    // Ten seconds come at once; a piece is 0.2 s long.
    expect(performance.now() - begun).toBeGreaterThan(1500);
    expect(source.status().phase).toBe("open");
    await source.stop();
  });

  it.each([
    ["rate", { channels: 2, sampleRate: 1 }, /rate of 1 Hz/],
    ["number of channels", { channels: 255, sampleRate: 44_100 }, /255 channels/],
    ["rate of zero", { channels: 2, sampleRate: 0 }, /rate of 0 Hz/],
  ])("refuses a device with an impossible %s", async (_, format, reason) => {
    const header = JSON.stringify({ name: "x", hostApi: "y", ...format });
    const source = scripted(`fs.writeSync(3, ${JSON.stringify(`${header}\n`)}); ${chunks(3)}`, 3);
    const { status, samples } = await until(source, "a loss", () => source.status().phase === "lost");
    expect([samples, status.problem]).toEqual([0, expect.stringMatching(reason)]);
  });

  it("delivers nothing of what follows a device that could not be opened", async () => {
    const source = scripted(`fs.writeSync(3, '{"error":"no device"}\\n'); ${chunks(3, 20)} setTimeout(() => process.exit(1), 600);`, 3);
    const { status, samples } = await until(source, "a loss", () => source.status().phase === "lost");
    expect([samples, status.problem]).toEqual([0, "no device"]);
  });

  it("delivers nothing any more after it was stopped", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("pid"), "");
    const source = scripted(`fs.writeFileSync(${JSON.stringify(dir.join("pid"))}, "" + process.pid); ${chunks(1)}`);
    await until(source, "samples", (samples) => samples > 20);
    const pid = Number(readFileSync(dir.join("pid"), "utf8"));
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});

describe("delivers", () => {
  it("is true for a program that writes", async () => {
    expect(await delivers([process.execPath, "-e", "setInterval(() => process.stdout.write('x'), 10)"])).toBe(true);
  });

  it("is false for one that ends without output, or does not exist", async () => {
    expect(await delivers([process.execPath, "-e", ""])).toBe(false);
    expect(await delivers(["/nowhere/vj-no-such-program"])).toBe(false);
  });
});
