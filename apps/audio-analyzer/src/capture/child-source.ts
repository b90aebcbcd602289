import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import type { AudioSource, SamplesListener, SourceKind } from "./audio-source.ts";
import { captureHeaderSchema } from "./capture-header.ts";
import { createPcmDecoder } from "./pcm-decoder.ts";
import { initialReader, stepReader } from "./reader-policy.ts";
import type { ReaderEvent, ReaderTiming } from "./reader-policy.ts";

/** A process that writes sound, and how it is read. */
export interface ChildSourceOptions {
  readonly kind: SourceKind;
  /** What a person calls it; `opened` is the name from the first line, once it came. */
  readonly name: (opened: string | undefined) => string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Working directory; ours when left out. */
  readonly cwd?: string;
  /** Descriptor of the child that carries the samples. */
  readonly samplesOn: 1 | 3;
  /** `line`: the first line says what follows; else the samples begin at once, in this format. */
  readonly format: "line" | { readonly channels: number; readonly sampleRate: number };
  readonly timing: ReaderTiming;
}

const tickMs = 50;

/** A tick this late means that we were stopped, not the child. */
const lateTickMs = 250;

/** How much of what the child complains about is kept. */
const complaintBytes = 400;

/**
 * Reads a process, and when it dies, hangs or falls silent, kills it and starts another: every fault of native audio
 * code is cured by that, and no other fault is worth telling apart.
 */
export function createChildSource(options: ChildSourceOptions): AudioSource {
  let state = initialReader;
  let child: ChildProcess | undefined;
  let problem = "";
  let heard = false;
  let opened: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let deliver: SamplesListener = () => {};

  const step = (event: ReaderEvent): void => {
    const result = stepReader(state, event, performance.now(), options.timing);
    state = result.state;
    if (result.effect === "spawn") open();
    if (result.effect === "kill") {
      problem = heard ? "it stopped delivering" : "it delivers nothing";
      child?.kill("SIGKILL");
    }
  };

  const open = (): void => {
    const started = spawn(options.command, options.args, {
      env: options.env,
      // Its input tells it that we are gone. What a native library complains about (ALSA: 11 kB) helps nobody.
      stdio: options.samplesOn === 1 ? ["pipe", "pipe", "pipe"] : ["pipe", "ignore", "ignore", "pipe"],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    child = started;
    heard = false;
    let complaint = "";
    started.stderr?.setEncoding("utf8").on("data", (text: string) => (complaint = (complaint + text).slice(-complaintBytes)));
    readSamples(started, (reason) => (complaint = reason));
    started.on("error", (error) => (complaint = error.message));
    const ended = (): void => {
      if (child !== started) return;
      child = undefined;
      if (complaint.trim() !== "") problem = complaint.trim().split("\n").at(-1) ?? "";
      else if (problem === "") problem = "it ended";
      step({ type: "exit" });
    };
    // A program that cannot be started has no exit.
    started.on("exit", ended).on("error", ended);
  };

  const readSamples = (started: ChildProcess, fail: (reason: string) => void): void => {
    let format = options.format === "line" ? { channels: 2, sampleRate: 44_100 } : options.format;
    const decoder = createPcmDecoder({
      channels: format.channels,
      ...(options.format === "line"
        ? {
            onHeader: (line: string) => {
              const header = captureHeaderSchema.parse(JSON.parse(line));
              if ("error" in header) return fail(header.error);
              format = header;
              opened = header.name;
            },
          }
        : {}),
      onSamples: (interleaved) => {
        heard = true;
        problem = "";
        step({ type: "samples" });
        deliver(interleaved, format.channels, format.sampleRate);
      },
    });
    const pipe: unknown = started.stdio[options.samplesOn];
    if (!isReadable(pipe)) return;
    pipe.on("error", (error) => fail(error.message));
    pipe.on("data", (chunk: Buffer) => {
      // What a dying child still had in its pipe is old sound.
      if (child !== started || state.phase === "ending") return;
      try {
        decoder.push(chunk);
      } catch (error) {
        fail(`it speaks another protocol: ${String(error)}`);
        started.kill("SIGKILL");
      }
    });
  };

  return {
    kind: options.kind,
    get name() {
      return options.name(opened);
    },
    start(onSamples) {
      deliver = onSamples;
      let last = performance.now();
      const tick = (): void => {
        const now = performance.now();
        step({ type: "tick", late: now - last > lateTickMs });
        last = now;
      };
      timer = setInterval(tick, tickMs);
      tick();
    },
    async stop() {
      clearInterval(timer);
      const last = child;
      child = undefined;
      if (last?.pid === undefined || last.exitCode !== null || last.signalCode !== null) return;
      const gone = once(last, "exit");
      last.kill("SIGKILL");
      await gone;
    },
    status() {
      if (state.phase === "open") return { phase: "open", problem: "" };
      return problem === "" ? { phase: "opening", problem } : { phase: "lost", problem };
    },
  };
}

function isReadable(pipe: unknown): pipe is Readable {
  return typeof pipe === "object" && pipe !== null && "read" in pipe;
}
