import { SourcePlayer } from "@vj/playback";
import type { SourceOsc } from "@vj/playback";
import { playbackOsc, trackOsc } from "@vj/schema";
import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { createAppleScriptPlayer } from "./applescript-player.ts";
import { environmentOverrides, spotifyConfig } from "./config.ts";
import { momentOf } from "./ask-player.ts";
import type { TimedAnswer } from "./ask-player.ts";
import type { PlayerAnswer } from "./player-answer.ts";
import { Poller } from "./poller.ts";
import { noCredentials, statusOf } from "./status.ts";
import type { Status } from "./status.ts";
import { createWebPlayer } from "./web-player.ts";

const endLookMs = 1000;

/** Publishes what Spotify plays. Without credentials it is idle and reports that; `/karaoke/` is left to sources that have something. */
export class SpotifyMonitor extends Worker<typeof spotifyConfig, SourceOsc<"spotify">> {
  readonly #player = new SourcePlayer({ source: "spotify", telemetry: this.telemetry, busDir: this.busDir, onWake: () => this.#poller?.askNow() });
  #poller: Poller | undefined;
  #status: Status = noCredentials;
  #device = "";
  /** Id of the track that was reported last. */
  #id = "";
  /** Checks whether the last known track is over, while Spotify cannot be asked. */
  #end: NodeJS.Timeout | undefined;
  /** When Spotify is asked next, epoch ms. */
  #nextAt: number | undefined;

  constructor(context?: WorkerContext) {
    super(
      {
        name: "spotify_monitor",
        version: packageVersion(import.meta.url),
        description: "What Spotify plays",
        config: spotifyConfig,
        overrides: environmentOverrides(),
        osc: { ...trackOsc, ...playbackOsc("spotify") },
      },
      context,
    );
  }

  protected override onStart(): void {
    this.#player.open();
    const ask = this.#chooseAsk();
    if (ask === undefined) {
      this.#change(noCredentials);
      this.#nextAt = undefined;
      this.#playsNothing();
      return;
    }
    this.#poller = new Poller({
      ask,
      pollMs: this.config.poll_interval * 1000,
      onAnswer: (answer, waitMs, failures) => this.#receive(answer, waitMs, failures),
    });
  }

  protected override async onStop(): Promise<void> {
    this.#poller?.close();
    this.#poller = undefined;
    clearTimeout(this.#end);
    await this.#player.close();
  }

  protected override commands(): CommandTable {
    return { hold_output: this.#player.holdCommand() };
  }

  protected override getState(): Record<string, unknown> {
    const { state, reason } = this.#status;
    return {
      available: this.#available,
      state,
      reason,
      device: this.#device,
      poll_interval: this.config.poll_interval,
      next_poll_at: this.#nextAt === undefined ? null : this.#nextAt / 1000,
      ...this.#player.state(),
    };
  }

  protected override getStats(): Record<string, unknown> {
    const { state, reason } = this.#status;
    return { available: this.#available, state, ...(reason === null ? {} : { reason }) };
  }

  protected override getCondition(): ReportedCondition {
    const { degraded, reason, state, todo } = this.#status;
    return { level: degraded ? "degraded" : "ok", text: reason ?? state, ...(todo === undefined ? {} : { todo }) };
  }

  get #available(): boolean {
    return ["idle", "playing", "paused"].includes(this.#status.state);
  }

  #chooseAsk(): ReturnType<typeof createWebPlayer> | undefined {
    const web = this.config.client_id === "" ? undefined : createWebPlayer(this.environment.configDir, this.config, (problem) => this.log.error(problem));
    if (process.platform !== "darwin" || !this.config.applescript) return web;
    const apple = createAppleScriptPlayer();
    if (web === undefined) return apple;
    return async (signal) => {
      const asked = await web(signal);
      return asked.answer.kind === "signed_out" ? apple(signal) : asked;
    };
  }

  #receive(timed: TimedAnswer, waitMs: number, failures: number): void {
    const { answer } = timed;
    this.#nextAt = Date.now() + waitMs;
    this.#change(statusOf(answer, this.#nextAt, failures));
    clearTimeout(this.#end);
    switch (answer.kind) {
      case "player":
        this.#device = answer.device;
        return this.#takeTrack(answer, timed);
      case "limited":
      case "fault":
        return this.#playOn();
      default:
        this.#playsNothing();
    }
  }

  #takeTrack(answer: Extract<PlayerAnswer, { kind: "player" }>, timed: TimedAnswer): void {
    const { position, is_playing } = this.#player.state();
    const isSame = answer.id === this.#id && answer.playing && is_playing && position !== null;
    // The shown position has advanced since the answer.
    const shown = isSame ? position - (performance.now() - timed.answeredAt) / 1000 : undefined;
    this.#id = answer.id;
    this.#player.report({ ...answer, at: momentOf(timed, answer.seconds, shown) });
  }

  /** Spotify cannot be asked: the track continues by the clock, to its end. */
  #playOn(): void {
    if (this.#player.isOver()) return this.#playsNothing();
    if (this.#player.state().is_playing) this.#end = setTimeout(() => this.#playOn(), endLookMs);
  }

  #playsNothing(): void {
    this.#player.report({ track: undefined, seconds: 0, playing: false, at: performance.now() });
  }

  #change(status: Status): void {
    const before = this.#status;
    this.#status = status;
    if (status.state === before.state || status.reason === null) return;
    if (status.degraded) this.log.warn(status.reason);
    else this.log.info(status.reason);
  }
}
