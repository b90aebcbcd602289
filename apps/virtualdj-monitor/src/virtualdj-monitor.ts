import { playbackOsc, trackOsc } from "@vj/schema";
import { followLyrics, SourceOutput } from "@vj/playback";
import type { LyricsAvailable, SourceOsc } from "@vj/playback";
import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { autoDetect, candidateFiles, virtualdjConfig } from "./config.ts";
import type { VirtualdjConfig } from "./config.ts";
import { parseNowPlaying } from "./parse-now-playing.ts";
import { nextTrack, startOfWatch } from "./track-clock.ts";
import type { TimedTrack, TrackClock } from "./track-clock.ts";
import { watchFile } from "./watch-file.ts";
import type { FileReading } from "./watch-file.ts";

const positionMs = 500;

/** Publishes what VirtualDJ plays, from the text file that it writes. */
export class VirtualdjMonitor extends Worker<typeof virtualdjConfig, SourceOsc<"virtualdj">> {
  readonly #output = new SourceOutput("virtualdj", this.telemetry);
  #lyrics: LyricsAvailable | undefined;
  #stopWatching = (): void => {};
  #positionTimer: NodeJS.Timeout | undefined;
  #file: { path: string } | { reason: string } = { reason: "not looked yet" };
  #clock: TrackClock = startOfWatch;
  #track: TimedTrack | undefined;
  #over = false;
  /** Nothing is said before the first reading: "no track" would end what a restarted worker still has to tell. */
  #silent = true;

  constructor(context?: WorkerContext) {
    super(
      {
        name: "virtualdj_monitor",
        version: packageVersion(import.meta.url),
        description: "What VirtualDJ plays, from the text file that it writes",
        config: virtualdjConfig,
        osc: { ...trackOsc, ...playbackOsc("virtualdj") },
      },
      context,
    );
  }

  protected override onStart(): void {
    this.#lyrics = followLyrics(this.busDir, () => this.#output.publishLyrics(this.#hasLyrics()));
    this.#watch();
    this.#positionTimer = setInterval(() => this.#tick(), positionMs);
  }

  protected override onStop(): void {
    this.#stopWatching();
    clearInterval(this.#positionTimer);
    this.#lyrics?.close();
  }

  protected override async onConfig(previous: VirtualdjConfig): Promise<string> {
    const { file_path, poll_interval } = this.config;
    if (file_path === previous.file_path && poll_interval === previous.poll_interval) return "Config updated";
    this.#watch();
    return `Config updated, watching ${this.#filePath()}`;
  }

  protected override commands(): CommandTable {
    return { hold_output: this.#output.hold.command() };
  }

  /** VirtualDJ may start later: nothing to read is not a fault. */
  protected override getCondition(): ReportedCondition {
    return { level: "ok", text: this.#reason ?? "" };
  }

  protected override getState(): Record<string, unknown> {
    const available = "path" in this.#file;
    const track = this.#track;
    return {
      available,
      reason: this.#reason,
      file_path: this.#filePath(),
      watching: "path" in this.#file ? this.#file.path : null,
      last_track: track === undefined ? null : { artist: track.artist, title: track.title, duration: track.duration },
      is_playing: this.#playing,
      position: track === undefined || this.#over ? null : this.#position(track),
      output_held: this.#output.hold.held,
    };
  }

  protected override getStats(): Record<string, unknown> {
    const reason = this.#reason;
    return { available: "path" in this.#file, ...(reason === null ? {} : { reason }) };
  }

  /** Why there is no track, for a person; null when there is one. */
  get #reason(): string | null {
    if ("reason" in this.#file) return this.#file.reason;
    if (this.#track === undefined) return `${this.#file.path} names no track: it has neither a line "Artist - Title" nor an entry "HH:MM : Artist - Title"`;
    return this.#over ? "the last track of the file is over" : null;
  }

  get #playing(): boolean {
    return this.#track !== undefined && !this.#over;
  }

  #watch(): void {
    this.#stopWatching();
    this.#clock = startOfWatch;
    this.#stopWatching = watchFile({
      candidates: candidateFiles(this.config),
      intervalMs: this.config.poll_interval * 1000,
      onReading: (reading) => this.#read(reading),
    });
  }

  #read(reading: FileReading): void {
    if (reading.found) {
      this.log.debug({ path: reading.path }, "file read");
      this.#file = { path: reading.path };
      this.#clock = nextTrack(this.#clock, parseNowPlaying(reading.text), reading, Date.now());
      this.#change(this.#clock.named ? this.#clock.track : undefined);
    } else {
      this.log.info(reading.reason);
      this.#file = { reason: reading.reason };
      this.#change(undefined);
    }
  }

  #change(track: TimedTrack | undefined): void {
    if (track === this.#track && !this.#silent) return;
    this.#silent = false;
    this.#track = track;
    this.#over = track !== undefined && this.#isOver(track);
    this.#publishTrack();
    if (this.#playing) this.#tick();
    if (track !== undefined) this.log.info({ artist: track.artist, title: track.title }, "new track");
  }

  #tick(): void {
    const track = this.#track;
    if (track === undefined || this.#over) return;
    this.#over = this.#isOver(track);
    if (this.#over) this.#publishTrack();
    else this.#output.publishPosition(this.#position(track), true);
  }

  #publishTrack(): void {
    const { artist, title, duration } = this.#track ?? { artist: "", title: "", duration: 0 };
    this.#output.publishTrack(this.#playing ? { artist, title, album: "", duration } : undefined, this.#hasLyrics());
  }

  #hasLyrics(): boolean {
    return this.#track !== undefined && this.#lyrics?.has(this.#track.artist, this.#track.title) === true;
  }

  #position(track: TimedTrack): number {
    return (performance.now() - track.startedAt) / 1000;
  }

  #isOver(track: TimedTrack): boolean {
    return this.#position(track) > this.config.stale_after_sec;
  }

  #filePath(): string {
    const { file_path } = this.config;
    return file_path === "" ? autoDetect : file_path;
  }
}
