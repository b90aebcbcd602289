import { SourcePlayer, decide } from "@vj/playback";
import type { SourceOsc } from "@vj/playback";
import { RateLimit, messageOf, playbackOsc, trackOsc } from "@vj/schema";
import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { desktopConfig } from "./config.ts";
import { placeIn, shortName } from "./mpris.ts";
import { isPlaying, trackOf } from "./player-state.ts";
import { Players } from "./players.ts";
import { SessionBus } from "./session-bus.ts";

/** Interval of polling, ms: players do not signal positions. */
const lookMs = 1000;
const retryMs = 5000;

const elsewhere: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "macOS does not let other programs read the current track; use spotify_monitor there",
  win32: "reading the current track on Windows is not supported; use spotify_monitor or virtualdj_monitor there",
};

/** Publishes the track of the media players on a Linux desktop, by MPRIS. */
export class DesktopMonitor extends Worker<typeof desktopConfig, SourceOsc<"desktop">> {
  readonly #player = new SourcePlayer({ source: "desktop", telemetry: this.telemetry, busDir: this.busDir, onWake: () => void this.#look() });
  readonly #problems = new RateLimit(60_000);
  #bus: SessionBus | undefined;
  #players: Players | undefined;
  #timer: NodeJS.Timeout | undefined;
  #open = false;
  #looking = false;
  #chosen: string | undefined;
  /** Reason why no player can be asked. */
  #reason: string | null = null;

  constructor(context?: WorkerContext) {
    super(
      {
        name: "desktop_monitor",
        version: packageVersion(import.meta.url),
        description: "The track of the media players on this desktop",
        config: desktopConfig,
        osc: { ...trackOsc, ...playbackOsc("desktop") },
      },
      context,
    );
  }

  protected override onStart(): void {
    this.#player.open();
    this.#open = true;
    const missing = elsewhere[process.platform];
    if (missing === undefined) void this.#connect();
    else this.#lose(missing);
  }

  protected override async onStop(): Promise<void> {
    this.#open = false;
    clearTimeout(this.#timer);
    this.#bus?.close();
    this.#bus = undefined;
    this.#players = undefined;
    await this.#player.close();
  }

  protected override async onConfig(): Promise<string> {
    this.#choose();
    return `Config updated; ${this.#word()}`;
  }

  protected override commands(): CommandTable {
    return { hold_output: this.#player.holdCommand() };
  }

  protected override getState(): Record<string, unknown> {
    return {
      available: this.#reason === null,
      reason: this.#reason,
      player: this.#chosen === undefined ? null : shortName(this.#chosen),
      players: Object.fromEntries((this.#players?.names ?? []).map((name) => [name, this.#players?.state(name)?.facts.status ?? "no answer"])),
      ...this.#player.state(),
    };
  }

  protected override getStats(): Record<string, unknown> {
    return { available: this.#reason === null, ...(this.#reason === null ? {} : { reason: this.#reason }) };
  }

  /** A machine without a desktop is not a fault. */
  protected override getCondition(): ReportedCondition {
    return { level: "ok", text: this.#reason ?? this.#word() };
  }

  #word(): string {
    return this.#chosen === undefined ? "no player plays" : `${shortName(this.#chosen)} counts`;
  }

  async #connect(): Promise<void> {
    try {
      const bus = await SessionBus.open({
        onSignal: (signal) => this.#players?.receive(signal),
        onUnreadable: (error) => {
          const held = this.#problems.admit("unreadable", performance.now());
          if (held !== undefined) this.log.warn({ held }, `a message on the session bus cannot be read and is left out: ${messageOf(error)}`);
        },
        onLost: (reason) => this.#retry(`the session bus is gone: ${reason}`),
      });
      if (!this.#open) return bus.close();
      this.#bus = bus;
      this.#players = new Players(bus, () => this.#choose());
      await this.#players.follow();
      this.#reason = null;
      this.#timer = setTimeout(() => void this.#look(), lookMs);
    } catch (error) {
      this.#retry(messageOf(error));
    }
  }

  async #look(): Promise<void> {
    if (this.#looking || !this.#open) return;
    clearTimeout(this.#timer);
    this.#looking = true;
    try {
      await this.#players?.look();
      if (this.#open && this.#players !== undefined) this.#timer = setTimeout(() => void this.#look(), lookMs);
    } catch (error) {
      this.#retry(messageOf(error));
    } finally {
      this.#looking = false;
    }
  }

  #retry(reason: string): void {
    if (!this.#open) return;
    clearTimeout(this.#timer);
    this.#bus?.close();
    this.#bus = undefined;
    this.#players = undefined;
    this.#lose(reason);
    this.#timer = setTimeout(() => void this.#connect(), retryMs);
  }

  #lose(reason: string): void {
    if (this.#reason !== reason) this.log.info(reason);
    this.#reason = reason;
    this.#choose();
  }

  /** Decides which player counts, and reports its track. */
  #choose(): void {
    if (!this.#open) return;
    const now = performance.now();
    const candidates = this.#players?.candidates(this.config.ignore) ?? [];
    const order = this.config.players;
    const priority = candidates
      .map(({ source }) => source)
      .filter((source) => placeIn(order, source) >= 0)
      .toSorted((a, b) => placeIn(order, a) - placeIn(order, b));
    this.#chosen = decide(candidates, { pinned: "auto", priority }, this.#chosen, now).source;
    const state = this.#players?.state(this.#chosen);
    this.#player.report({
      track: state === undefined ? undefined : trackOf(state),
      id: state === undefined ? undefined : `${this.#chosen} ${state.facts.id}`,
      seconds: state?.seconds ?? 0,
      playing: state !== undefined && isPlaying(state.facts),
      rate: state?.facts.rate,
      at: state?.at ?? now,
    });
  }
}
