import { decide, followLyrics } from "@vj/playback";
import type { Decision, LyricsAvailable, Track } from "@vj/playback";
import { trackOsc } from "@vj/schema";
import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { nowPlayingConfig } from "./config.ts";
import { historyCommand } from "./history-command.ts";
import { whySkipped } from "./show-rules.ts";
import { positionNow } from "./source-state.ts";
import type { SourceState } from "./source-state.ts";
import { describeSource, describeTrack } from "./source-view.ts";
import { SetList } from "./set-list.ts";
import { Sources } from "./sources.ts";

const lookMs = 250;
/** Shortest interval between two positions of a source that are passed on: sources send two per second, not quite evenly. */
const positionMs = 400;
/** Shortest interval before a jump is passed on. */
const jumpMs = 50;
/** After this silence of a source, its position is published by the clock, every half second. */
const silentMs = 700;
const fillMs = 490;
/** A position behind the last one by less than this, seconds, is dropped: it is a report that was delayed. */
const late = 0.3;
/** After a start, "no track" is published only after this time: the sources have to be found first. */
const settleMs = 2000;
const noTrack: Track = { artist: "", title: "", album: "", duration: 0 };

/** Decides which playback source counts, and is then the only one that publishes `/karaoke/track` and `/karaoke/pos`. */
export class NowPlaying extends Worker<typeof nowPlayingConfig, typeof trackOsc> {
  readonly #setList = new SetList(this.environment.dataDir, (fault) => this.log.error(fault));
  #sources: Sources | undefined;
  #lyrics: LyricsAvailable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settledAt = 0;
  #decision: Decision = { source: undefined, why: "not decided yet" };
  /** The last published source, even after its track has ended. */
  #lastSource = "";
  #published = "";
  /** The last position that was published, and when. */
  #sent = { seconds: 0, playing: false, at: Number.NEGATIVE_INFINITY };
  /** A jump came too soon after the last position: it goes out at the next look. */
  #owed = false;

  constructor(context?: WorkerContext) {
    super(
      {
        name: "now_playing",
        version: packageVersion(import.meta.url),
        description: "Decides which playback source counts",
        config: nowPlayingConfig,
        osc: trackOsc,
      },
      context,
    );
  }

  protected override onStart(): void {
    this.#settledAt = performance.now() + settleMs;
    this.#sources = new Sources({
      busDir: this.busDir,
      log: this.log,
      onChange: () => this.#update(),
      onPosition: (source, jumped) => this.#forward(source, jumped),
      onHeld: () => (this.#published = ""),
    });
    this.#lyrics = followLyrics(() => this.#publishTrack(performance.now()), { busDir: this.busDir });
    this.#timer = setInterval(() => {
      this.#update();
      this.#fillIn();
    }, lookMs);
  }

  protected override async onStop(): Promise<void> {
    clearInterval(this.#timer);
    const [lyrics, sources] = [this.#lyrics, this.#sources];
    this.#sources = undefined;
    this.#published = "";
    await Promise.all([lyrics?.close(), sources?.close()]);
  }

  /** Keeps following all sources, even with a pinned one. */
  protected override async onConfig(): Promise<string> {
    this.#update();
    return `Config updated; ${this.#word(performance.now())}${this.#unknownPin()}`;
  }

  protected override commands(): CommandTable {
    return { get_history: historyCommand(this.environment.dataDir) };
  }

  /** A pinned source may start later; a mistyped one never does. */
  #unknownPin(): string {
    const { pinned_source } = this.config;
    const known = this.#sources?.names ?? [];
    if (pinned_source === "auto" || known.includes(pinned_source)) return "";
    return `; no worker publishes it yet${known.length === 0 ? "" : ` (there are: ${known.join(", ")})`}`;
  }

  protected override getState(): Record<string, unknown> {
    const now = performance.now();
    const current = this.#current(now);
    return {
      source: this.#decision.source ?? null,
      why: this.#decision.why,
      reason: this.#whyNothing(now) ?? null,
      pinned_source: this.config.pinned_source,
      track: current === undefined ? null : describeTrack(current, this.#hasLyrics),
      not_shown: current === undefined ? null : (this.#whyHidden(current, now) ?? null),
      is_playing: current?.position.playing ?? false,
      position: current === undefined ? null : positionNow(current, now),
      sources: Object.fromEntries((this.#sources?.entries() ?? []).map(([source, entry]) => [source, describeSource(entry, now, this.#hasLyrics)])),
    };
  }

  protected override getCondition(): ReportedCondition {
    const fault = this.#pinFault();
    if (fault !== undefined) return { level: "degraded", text: fault, todo: "start its monitor, or vj config set now_playing pinned_source=auto" };
    const { fault: unkept } = this.#setList;
    if (unkept !== undefined) return { level: "degraded", text: `the set list is not kept: ${unkept}`, todo: "make room, or make the data directory writable" };
    return { level: "ok", text: this.#word(performance.now()) };
  }

  /** What is shown and why, or why nothing is. */
  #word(now: number): string {
    return this.#whyNothing(now) ?? describeDecision(this.#decision);
  }

  /** Why nothing is shown, for a person; undefined while a track is. */
  #whyNothing(now: number): string | undefined {
    const { pinned_source } = this.config;
    const current = this.#current(now);
    const hidden = current === undefined ? undefined : this.#whyHidden(current, now);
    if (current !== undefined) return hidden === undefined ? undefined : `not shown: ${hidden}`;
    if (pinned_source !== "auto") return `pinned to ${pinned_source}, which has no track`;
    return this.#decision.source === undefined ? this.#decision.why : `${this.#decision.source} has no track`;
  }

  /** Why the pinned source cannot play; sources are given a moment to be found. */
  #pinFault(): string | undefined {
    const { pinned_source } = this.config;
    if (pinned_source === "auto" || performance.now() < this.#settledAt) return undefined;
    const pinned = this.#sources?.entries().find(([source]) => source === pinned_source)?.[1];
    if (pinned === undefined) return `pinned to ${pinned_source}${this.#unknownPin()}`;
    const { health, problem } = pinned.follower.state();
    return health === "ok" ? undefined : `pinned to ${pinned_source}: ${problem ?? health}`;
  }

  protected override getStats(): Record<string, unknown> {
    const current = this.#current(performance.now());
    return { source: this.#decision.source ?? null, why: this.#decision.why, is_playing: current?.position.playing ?? false };
  }

  /** Decides again, and publishes the track if it has changed. */
  #update(): void {
    const now = performance.now();
    const { source } = this.#decision;
    const { pinned_source, priority } = this.config;
    this.#decision = decide(this.#sources?.candidates(now) ?? [], { pinned: pinned_source, priority }, source, now);
    if (this.#decision.source !== source) this.log.info(describeDecision(this.#decision));
    this.#lastSource = this.#decision.source ?? this.#lastSource;
    if (this.#publishTrack(now)) this.#publishPosition();
  }

  /** @returns whether it published. */
  #publishTrack(now: number): boolean {
    const shown = this.#shown(now);
    const track = shown?.track;
    if (track === undefined && now < this.#settledAt) return false;
    this.#setList.show(this.#lastSource, track, now);
    const values = {
      active: track === undefined ? 0 : 1,
      source: this.#lastSource,
      ...(track ?? noTrack),
      has_lyrics: shown !== undefined && this.#hasLyrics(shown) ? 1 : 0,
    };
    const text = JSON.stringify(values);
    if (text === this.#published) return false;
    this.#published = text;
    this.telemetry.send("/karaoke/track", values);
    return true;
  }

  /** Passes on a position of the source that is shown, as it is: the source knows best how its track moves. */
  #forward(source: string, jumped: boolean): void {
    const now = performance.now();
    const shown = this.#shown(now);
    if (shown === undefined || source !== this.#decision.source) return;
    const { seconds, playing } = shown.position;
    const sinceMs = now - this.#sent.at;
    const isLate = playing && this.#sent.playing && seconds < this.#sent.seconds && this.#sent.seconds - seconds < late;
    this.#owed ||= jumped;
    if (jumped ? sinceMs >= jumpMs : sinceMs >= positionMs && !isLate) this.#publishPosition();
  }

  /** Moves the position on by the clock where its source is silent: it is being restarted, or reports it only once. */
  #fillIn(): void {
    const now = performance.now();
    const shown = this.#shown(now);
    const { at } = this.#sent;
    if (shown === undefined) return;
    const isSilent = now - at >= fillMs && (now - shown.lastReceivedAt > silentMs || now - at > silentMs);
    if (this.#owed || isSilent) this.#publishPosition();
  }

  #publishPosition(): void {
    const now = performance.now();
    const shown = this.#shown(now);
    // The position of a new track follows a moment later. Only without one the track is assumed to have begun just now.
    if (shown === undefined || (!shown.positioned && now - shown.lastReceivedAt <= silentMs)) return;
    const { playing } = shown.position;
    const seconds = positionNow(shown, now);
    this.#sent = { seconds, playing, at: now };
    this.#owed = false;
    this.telemetry.send("/karaoke/pos", { position: seconds, is_playing: playing ? 1 : 0 });
    if (shown.track !== undefined && playing) this.#setList.plays(this.#lastSource, shown.track, shown, now);
  }

  /** Whether the track of a source has lyrics: the lyrics worker knows, or the source itself. */
  readonly #hasLyrics = ({ track, hasLyrics }: SourceState): boolean => track !== undefined && (hasLyrics || this.#lyrics?.has(track.artist, track.title) === true);

  /** The decided source, while it has a track. */
  #current(now: number): SourceState | undefined {
    return this.#sources?.present(this.#decision.source, now);
  }

  /** The decided source, while its track is to be shown. */
  #shown(now: number): SourceState | undefined {
    const current = this.#current(now);
    return current === undefined || this.#whyHidden(current, now) !== undefined ? undefined : current;
  }

  #whyHidden({ track, trackAt }: SourceState, now: number): string | undefined {
    const { delay_sec, min_length_sec, skip } = this.config;
    if (track === undefined) return undefined;
    const skipped = whySkipped(track, { minLengthSec: min_length_sec, skip });
    if (skipped !== undefined) return skipped;
    return now - trackAt < delay_sec * 1000 ? `plays for less than ${delay_sec} s` : undefined;
  }
}

function describeDecision({ source, why }: Decision): string {
  return source === undefined ? why : `${source}: ${why}`;
}
