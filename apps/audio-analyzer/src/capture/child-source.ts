import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { messageOf } from "@vj/schema";
import { spawnProblem } from "./find-program.ts";
import { formatProblem } from "./audio-source.ts";
import type { AudioSource, SamplesListener, SourceKind } from "./audio-source.ts";
import { captureHeaderSchema } from "./capture-header.ts";
import type { CaptureHeader } from "./capture-header.ts";
import { createPcmDecoder } from "./pcm-decoder.ts";
import { initialReader, stepReader } from "./reader-policy.ts";
import type { ReaderEvent, ReaderTiming } from "./reader-policy.ts";

/** A process that writes sound, and how to read it. */
export interface ChildSourceOptions {
  readonly kind: SourceKind;
  /** Its name for a person; `opened` is the name from the first line, once that has arrived. */
  readonly name: (opened: string | undefined) => string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Working directory; default: ours. */
  readonly cwd?: string;
  /** Descriptor on which the child writes the samples. */
  readonly samplesOn: 1 | 3;
  /** `line`: the first line gives the format; otherwise the samples begin at once, in this format. */
  readonly format: "line" | { readonly channels: number; readonly sampleRate: number };
  readonly timing: ReaderTiming;
}

const tickMs = 50;

/** A tick this late means that this process was stopped, not the child. */
const lateTickMs = 250;

/**
 * A child that is further ahead of time than this does not record but reads a file: it is then read only as fast as it is
 * played. A sound server delivers less than this in one burst after a stall.
 */
const longestLeadMs = 10_000;

/** Characters of the child's error output that are kept. */
const errorCharacters = 400;

/**
 * Reads a process; when it dies, hangs or falls silent, kills it and starts another: this cures every fault of native
 * audio code.
 */
export function createChildSource(options: ChildSourceOptions): AudioSource {
  let state = initialReader;
  let child: ChildProcess | undefined;
  let problem = "";
  let delivered = false;
  let opened: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let deliver: SamplesListener = () => {};
  let pipe: Readable | undefined;
  /** Milliseconds of sound that arrived ahead of time. */
  let lead = 0;

  const step = (event: ReaderEvent): void => {
    const result = stepReader(state, event, performance.now(), options.timing);
    state = result.state;
    if (result.effect === "spawn") open();
    if (result.effect === "kill") {
      problem = delivered ? "it stopped delivering" : "it delivers nothing";
      child?.kill("SIGKILL");
    }
  };

  const open = (): void => {
    try {
      begin();
    } catch (error) {
      // Some faults come as events; others (a path through a file, an argument that is too long) are thrown.
      child = undefined;
      problem = spawnProblem(options.command, error);
      step({ type: "exit" });
    }
  };

  const begin = (): void => {
    const started = spawn(options.command, options.args, {
      env: options.env,
      // The child notices our end by its input. Output of native libraries (ALSA: 11 kB) is of no use.
      stdio: options.samplesOn === 1 ? ["pipe", "pipe", "pipe"] : ["pipe", "ignore", "ignore", "pipe"],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    child = started;
    delivered = false;
    let errorText = "";
    started.stderr?.setEncoding("utf8").on("data", (text: string) => (errorText = (errorText + text).slice(-errorCharacters)));
    readSamples(started, (reason) => (errorText = reason));
    started.on("error", (error) => (errorText = spawnProblem(options.command, error)));
    const ended = (): void => {
      if (child !== started) return;
      child = undefined;
      if (errorText.trim() !== "") problem = errorText.trim().split("\n").at(-1) ?? "";
      else if (problem === "") problem = "it ended";
      step({ type: "exit" });
    };
    // A program that cannot be started has no exit event.
    started.on("exit", ended).on("error", ended);
  };

  const readSamples = (started: ChildProcess, report: (reason: string) => void): void => {
    let failed = false;
    const fail = (reason: string): void => {
      failed = true;
      report(reason);
    };
    let format = options.format === "line" ? { channels: 2, sampleRate: 44_100 } : options.format;
    const decoder = createPcmDecoder({
      channels: format.channels,
      ...(options.format === "line"
        ? {
            onHeader: (line: string) => {
              const header = readHeader(line);
              if ("error" in header) return fail(header.error);
              format = header;
              opened = header.name;
            },
          }
        : {}),
      onSamples: (interleaved) => {
        delivered = true;
        problem = "";
        lead += (interleaved.length / format.channels / format.sampleRate) * 1000;
        if (lead > longestLeadMs) pipe?.pause();
        step({ type: "samples" });
        deliver(interleaved, format.channels, format.sampleRate);
      },
    });
    const opening: unknown = started.stdio[options.samplesOn];
    if (!isReadable(opening)) return;
    pipe = opening;
    lead = 0;
    opening.on("error", (error) => fail(error.message));
    opening.on("data", (chunk: Buffer) => {
      // The remaining samples of a dying child are old, and those behind a refused header are not samples of a device.
      if (child !== started || failed || state.phase === "ending") return;
      try {
        decoder.push(chunk);
      } catch (error) {
        fail(messageOf(error));
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
        lead = Math.max(0, lead - (now - last));
        if (lead < longestLeadMs && pipe?.isPaused() === true) pipe.resume();
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

/** @throws Error when the line is not a header, or announces a format that cannot be analysed */
function readHeader(line: string): CaptureHeader {
  let header: CaptureHeader;
  try {
    header = captureHeaderSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`its output is not understood: ${messageOf(error)}`, { cause: error });
  }
  const unsupported = "error" in header ? "" : formatProblem(header.channels, header.sampleRate);
  if (unsupported !== "") throw new Error(unsupported);
  return header;
}

function isReadable(pipe: unknown): pipe is Readable {
  return typeof pipe === "object" && pipe !== null && "read" in pipe;
}
