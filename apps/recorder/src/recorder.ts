import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { systemErrorCode } from "@vj/files";
import { RecordingError, completeRecording, removeLeftovers } from "@vj/recording";
import { messageOf } from "@vj/schema";
import { Worker, packageVersion } from "@vj/worker";
import type { ReportedCondition, WorkerContext } from "@vj/worker";
import { BusRecording } from "./bus-recording.ts";
import { recorderConfig } from "./config.ts";
import { recordingName } from "./file-names.ts";

const version = packageVersion(import.meta.url);

/** Records the OSC of every worker and all log lines, from its start to its end. Sends nothing. */
export class Recorder extends Worker<typeof recorderConfig> {
  #recording: BusRecording | undefined;
  #stop = new AbortController();
  #completing: Promise<void> = Promise.resolve();

  constructor(context?: WorkerContext) {
    super({ name: "recorder", version, description: "Records the OSC and the logs of the whole rig", config: recorderConfig }, context);
  }

  protected override async onStart(): Promise<void> {
    const { folder, leave_out: leaveOut, split_minutes: minutes } = this.config;
    const dir = folder === "" ? path.join(this.environment.dataDir, "recordings") : path.resolve(folder.replace(/^~(?=\/|$)/, homedir()));
    this.#stop = new AbortController();
    this.#recording = new BusRecording({
      busDir: this.busDir,
      except: [this.name],
      file: path.join(dir, recordingName(new Date())),
      makeFolders: folder === "",
      leaveOut,
      splitMs: minutes * 60_000,
      version,
      onProblem: (problem) => this.log.warn(problem),
      onFile: (file) => this.log.info(`recording to ${file}`),
    });
    await this.#recording.open();
    this.#completing = this.#complete(dir, this.#stop.signal);
  }

  protected override async onStop(): Promise<void> {
    this.#stop.abort();
    await this.#completing;
    await this.#recording?.close();
    this.#recording = undefined;
  }

  protected override getState(): Record<string, unknown> {
    const { file, files, messages, size, lost, fault } = this.#stats();
    return { file: file ?? null, files, messages, size_bytes: size, lost, fault: fault ?? null };
  }

  protected override getStats(): Record<string, unknown> {
    const { messages, size, lost } = this.#stats();
    return { messages_recorded: messages, size_bytes: size, messages_lost: lost };
  }

  protected override getCondition(): ReportedCondition | undefined {
    const { file, fault, help } = this.#stats();
    if (fault !== undefined) return { level: "failed", text: `nothing is recorded: ${fault}`, todo: `${help === undefined ? "" : `${help}, or `}set another folder: vj config set recorder folder=…` };
    return file === undefined ? undefined : { level: "ok", text: `recording to ${file}` };
  }

  #stats(): ReturnType<BusRecording["stats"]> {
    return this.#recording?.stats() ?? { file: undefined, files: 0, messages: 0, size: 0, lost: 0, fault: undefined, help: undefined };
  }

  /** Completes what an earlier recorder could not. Not awaited by the start: it may take a while. */
  async #complete(dir: string, signal: AbortSignal): Promise<void> {
    try {
      for (const file of await removeLeftovers(dir)) this.log.info(`removed ${file}, which a process that was killed had not finished`);
    } catch (error) {
      if (systemErrorCode(error) !== "ENOENT") this.log.warn(`unfinished files in ${dir} stay: ${messageOf(error)}`);
    }
    const names = await readdir(dir).catch(() => []);
    for (const name of names.filter((one) => one.endsWith(".mcap") && !one.startsWith("."))) {
      const file = path.join(dir, name);
      if (signal.aborted) return;
      try {
        const { wasCut, kept } = await completeRecording(file, { signal });
        if (kept !== undefined) this.log.warn(`completed ${file} without what was damaged in it; as it was: ${kept}`);
        else if (wasCut) this.log.info(`completed ${file}, which was cut`);
      } catch (error) {
        if (signal.aborted || (error instanceof RecordingError && error.code === "in_use")) continue;
        this.log.warn(`${file} stays as it is: ${messageOf(error)}`);
      }
    }
  }
}
