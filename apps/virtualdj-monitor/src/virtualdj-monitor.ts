import { plainHost, playbackOsc, trackOsc } from "@vj/schema";
import { SourcePlayer } from "@vj/playback";
import type { PlayerReport, SourceOsc } from "@vj/playback";
import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { autoDetect, candidateFiles, virtualdjConfig } from "./config.ts";
import { FollowedFile } from "./file/followed-file.ts";
import { VdjConnection } from "./osc/vdj-connection.ts";

/** Publishes the track in VirtualDJ: from its OSC while that answers, otherwise from its text file. */
export class VirtualdjMonitor extends Worker<typeof virtualdjConfig, SourceOsc<"virtualdj">> {
  readonly #player = new SourcePlayer({ source: "virtualdj", telemetry: this.telemetry, busDir: this.busDir });
  #file: FollowedFile | undefined;
  #connection: VdjConnection | undefined;
  #deck: number | undefined;
  #title = "";

  constructor(context?: WorkerContext) {
    super(
      {
        name: "virtualdj_monitor",
        version: packageVersion(import.meta.url),
        description: "The track in VirtualDJ, from its OSC or from the text file that it writes",
        config: virtualdjConfig,
        osc: { ...trackOsc, ...playbackOsc("virtualdj") },
      },
      context,
    );
  }

  protected override onStart(): void {
    this.#player.open();
    this.#follow();
  }

  protected override async onStop(): Promise<void> {
    this.#unfollow();
    await this.#player.close();
  }

  protected override async onConfig(): Promise<string> {
    this.#unfollow();
    this.#follow();
    return `Config updated, watching ${this.#filePath()}`;
  }

  protected override commands(): CommandTable {
    return { hold_output: this.#player.holdCommand() };
  }

  /** VirtualDJ may start later: a missing file is not a fault. */
  protected override getCondition(): ReportedCondition {
    return { level: "ok", text: this.#reason ?? "" };
  }

  protected override getState(): Record<string, unknown> {
    return {
      available: this.#available,
      reason: this.#reason,
      file_path: this.#filePath(),
      watching: this.#file?.path ?? null,
      osc: this.#connection === undefined ? "off" : this.#connection.alive ? "alive" : "no answer",
      deck: this.#deck ?? null,
      ...this.#player.state(),
      ...(this.#connection?.alive === true ? {} : { last_track: this.#lastOfFile() }),
    };
  }

  protected override getStats(): Record<string, unknown> {
    const reason = this.#reason;
    return { available: this.#available, ...(reason === null ? {} : { reason }) };
  }

  get #available(): boolean {
    return this.#connection?.alive === true || this.#file?.path !== undefined;
  }

  get #reason(): string | null {
    return this.#connection?.alive === true ? null : (this.#file?.reason ?? null);
  }

  #follow(): void {
    const { poll_interval, stale_after_sec, osc_port, osc_host, osc_query_port } = this.config;
    this.#file = new FollowedFile({
      candidates: candidateFiles(this.config),
      intervalMs: poll_interval * 1000,
      staleSec: stale_after_sec,
      onChange: () => this.#takeFile(),
    });
    if (osc_port === 0) return;
    this.#connection = new VdjConnection({
      host: plainHost(osc_host),
      port: osc_port,
      queryPort: osc_query_port,
      onReport: (report, deck) => this.#takeOsc(report, deck),
      onProblem: (problem) => this.log.warn(problem),
    });
  }

  #unfollow(): void {
    this.#file?.close();
    this.#connection?.close();
    this.#file = undefined;
    this.#connection = undefined;
    this.#deck = undefined;
  }

  #takeFile(): void {
    if (this.#connection?.alive === true) return;
    const track = this.#file?.playing;
    const now = performance.now();
    this.#report({
      track: track === undefined ? undefined : { artist: track.artist, title: track.title, album: "", duration: track.duration },
      id: track === undefined ? undefined : String(track.startedAt),
      seconds: track === undefined ? 0 : (now - track.startedAt) / 1000,
      playing: track !== undefined,
      at: now,
    });
  }

  #takeOsc(report: PlayerReport | undefined, deck: number | undefined): void {
    this.#deck = deck;
    if (report !== undefined) return this.#report(report);
    this.log.info("VirtualDJ's OSC is gone; its file is read again");
    this.#takeFile();
  }

  #report(report: PlayerReport): void {
    this.#player.report(report);
    const { track } = report;
    const title = track === undefined ? "" : JSON.stringify([track.artist, track.title]);
    if (title !== this.#title && track !== undefined) this.log.info({ artist: track.artist, title: track.title }, "new track");
    this.#title = title;
  }

  /** The last track in the file, even after its end. */
  #lastOfFile(): Record<string, unknown> | null {
    const track = this.#file?.track;
    return track === undefined ? null : { artist: track.artist, title: track.title, duration: track.duration };
  }

  #filePath(): string {
    const { file_path } = this.config;
    return file_path === "" ? autoDetect : file_path;
  }
}
