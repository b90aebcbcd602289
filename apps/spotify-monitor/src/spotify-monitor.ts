import { SourcePlayer } from "@vj/playback";
import type { SourceOsc } from "@vj/playback";
import { playbackOsc, trackOsc } from "@vj/schema";
import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { createAppleScriptPlayer } from "./applescript-player.ts";
import { environmentOverrides, spotifyConfig } from "./config.ts";
import type { PlayerAnswer } from "./player-answer.ts";
import { Poller } from "./poller.ts";
import { noCredentials, statusOf } from "./status.ts";
import type { Status } from "./status.ts";
import { createWebPlayer } from "./web-player.ts";

/** Publishes what Spotify plays. Without credentials it is idle and says so; `/karaoke/` is left to sources that have something. */
export class SpotifyMonitor extends Worker<typeof spotifyConfig, SourceOsc<"spotify">> {
  readonly #player = new SourcePlayer({ source: "spotify", telemetry: this.telemetry, busDir: this.busDir, onWake: () => this.#poller?.askNow() });
  #poller: Poller | undefined;
  #status: Status = noCredentials;
  #device = "";
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
      onAnswer: (answer, at, waitMs, failures) => this.#receive(answer, at, waitMs, failures),
    });
  }

  protected override onStop(): void {
    this.#poller?.close();
    this.#poller = undefined;
    this.#player.close();
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
    const web = this.config.client_id === "" ? undefined : createWebPlayer(this.environment.configDir, this.config);
    if (process.platform !== "darwin" || !this.config.applescript) return web;
    const apple = createAppleScriptPlayer();
    if (web === undefined) return apple;
    return async (signal) => {
      const asked = await web(signal);
      return asked.answer.kind === "signed_out" ? apple(signal) : asked;
    };
  }

  #receive(answer: PlayerAnswer, at: number, waitMs: number, failures: number): void {
    this.#nextAt = Date.now() + waitMs;
    this.#change(statusOf(answer, this.#nextAt, failures));
    switch (answer.kind) {
      case "player":
        this.#device = answer.device;
        return this.#player.report({ ...answer, at });
      case "limited":
      case "fault":
        // What played goes on by the clock, to its end.
        if (this.#player.isOver()) this.#playsNothing();
        return;
      default:
        this.#playsNothing();
    }
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
