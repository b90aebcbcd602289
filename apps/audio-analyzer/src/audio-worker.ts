import { homedir } from "node:os";
import { outputRate } from "@vj/audio";
import type { AudioFrame, TempoControl } from "@vj/audio";
import { audioOsc } from "@vj/schema";
import type { OscReading, Reply } from "@vj/schema";
import { Worker, failed, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, VettedConfig, WorkerContext } from "@vj/worker";
import { createAnalysisOut } from "./analysis-out.ts";
import { createBenchmarkCommand } from "./benchmark-command.ts";
import { checkSource } from "./capture/check-source.ts";
import { chooseSource } from "./capture/choose-source.ts";
import { parseSourceSpec } from "./capture/source-spec.ts";
import { analyzerSettings, audioConfig, effectiveLogLevel, environmentOverrides } from "./config.ts";
import type { AudioConfig } from "./config.ts";
import { describeChoice } from "./describe-choice.ts";
import { startFrameTimer } from "./frame-timer.ts";
import { inputCommands } from "./input-commands.ts";
import { createRecentLatency, roundLatency } from "./latency-histogram.ts";
import { createPipeline } from "./pipeline.ts";
import type { Pipeline } from "./pipeline.ts";
import { importSeedConfig } from "./seed-config.ts";
import { sourceCondition } from "./source-condition.ts";
import { createSourceControl } from "./source-control.ts";
import { createSourceWatch } from "./source-watch.ts";
import { createFollowedTempos } from "./tempo/followed-tempos.ts";
import { createLockOverRestarts } from "./tempo/lock-over-restarts.ts";
import { tempoCommands } from "./tempo/tempo-commands.ts";
import { tempoState } from "./tempo/tempo-state.ts";

const name = "audio_analyzer";

/** Sound in, OSC out, sixty times a second. */
export class AudioWorker extends Worker<typeof audioConfig, typeof audioOsc> {
  readonly #latency = createRecentLatency();
  readonly #watch = createSourceWatch(process.platform);
  readonly #control = createSourceControl({
    onSamples: (interleaved, channels, sampleRate) => {
      this.#format = { channels, sample_rate: sampleRate };
      this.#pipeline?.takeSamples(interleaved, channels, sampleRate);
    },
    onAnalysis: (message) => this.#takeAnalysis(message),
    onChoice: (choice) => {
      this.#pipeline?.restart();
      this.#format = undefined;
      this.#watch.opened(choice.source, performance.now());
      this.log[choice.note === "" ? "info" : "warn"](describeChoice(choice));
    },
    choose: (spec) => chooseSource(spec, { portRefusal: (port) => this.#out.portRefusal(port) }),
  });
  readonly #out = createAnalysisOut(this.telemetry, () => this.config);
  #pipeline: Pipeline | undefined;
  readonly #benchmark = createBenchmarkCommand(() => {
    const pipeline = this.#pipeline;
    return pipeline === undefined ? undefined : { sent: this.#out.rate.total, dropped: pipeline.droppedFrames() };
  });
  /** Of the sound that arrives. */
  #format: { readonly channels: number; readonly sample_rate: number } | undefined;
  readonly #followed = createFollowedTempos();
  readonly #lock = createLockOverRestarts(this.environment.dataDir, (text) => this.log.warn(text));
  #stopTimer = (): void => {};

  constructor(context?: WorkerContext) {
    super(
      {
        name,
        version: packageVersion(import.meta.url),
        description: "Sound in, OSC out, sixty times a second",
        config: audioConfig,
        overrides: environmentOverrides(),
        osc: audioOsc,
      },
      context,
    );
  }

  override async start(): Promise<void> {
    const imported = await importSeedConfig(homedir(), this.environment.configDir, name);
    if (imported !== undefined) this.log.info(imported);
    await super.start();
  }

  protected override onStart(): void {
    this.log.level = effectiveLogLevel(this.config);
    const pipeline = createPipeline(analyzerSettings(this.config), {
      frame: (frame) => this.#out.frame(frame, this.#control.choice?.source),
      sent: (latency, publishing) => {
        this.#latency.record(latency);
        this.#benchmark.sent(latency, publishing);
      },
      samples: (...samples) => this.#watch.samples(...samples),
    }, this.#followed);
    this.#pipeline = pipeline;
    this.#lock.take(pipeline);
    this.#watch.closed();
    this.#control.open(parseSourceSpec(this.config.audio_source));
    this.#stopTimer = startFrameTimer(outputRate, () => {
      pipeline.tick();
      this.#control.look(performance.now());
      this.#lock.keep(pipeline);
      const news = this.#watch.look(performance.now());
      if (news !== undefined) this.log[news.level](news.text);
    });
  }

  protected override async onStop(): Promise<void> {
    this.#stopTimer();
    await this.#control.close();
    this.#pipeline = undefined;
  }

  /** A missing source does not replace one that plays. */
  protected override async vetConfig(next: AudioConfig, changes: Record<string, unknown>): Promise<VettedConfig> {
    if (!("audio_source" in changes) || next.audio_source === this.config.audio_source) return { ok: true, changes };
    const spec = parseSourceSpec(next.audio_source);
    const echo = spec.kind === "osc" ? this.#out.portRefusal(spec.port) : undefined;
    if (echo !== undefined) return { ok: false, key: "audio_source", reason: `${echo}; take another port, or change the target` };
    const checked = await checkSource(spec, next.audio_source);
    return checked.ok
      ? { ok: true, changes: { ...changes, audio_source: checked.text } }
      : { ok: false, key: "audio_source", reason: checked.reason };
  }

  /** Frames continue during a change of settings: only a new source restarts the analysis, once it delivers. */
  protected override async onConfig(previous: AudioConfig): Promise<string> {
    this.log.level = effectiveLogLevel(this.config);
    this.#pipeline?.configure(analyzerSettings(this.config));
    this.#out.look();
    if (previous.audio_source !== this.config.audio_source) this.#control.open(parseSourceSpec(this.config.audio_source));
    // Clients of the older system compare this text.
    return "Config updated, analyzer restarted";
  }

  protected override commands(): CommandTable {
    return {
      ...inputCommands(() => this.#control.choice?.source.name ?? ""),
      ...this.#benchmark.commands,
      ...tempoCommands({
        tempo: () => this.#tempo(),
        streamTime: (atMs) => this.#pipeline?.streamTime(atMs) ?? 0,
        followed: this.#followed,
        pressed: () => this.#lock.pressed(),
        place: () => this.#pipeline?.place(),
        by: () => this.#leader(),
      }),
    };
  }

  protected override getStats(): Record<string, unknown> {
    const now = performance.now();
    const { p50, p95, p99, max } = roundLatency(this.#latency.read());
    return {
      running: this.#pipeline !== undefined,
      audio_alive: this.#watch.hadSound(now),
      frames_processed: this.#out.rate.total,
      fps: this.#out.rate.perSecond(now),
      error_count: this.#watch.losses,
      device_name: this.#control.choice?.source.name ?? "",
      dropped_frames: this.#pipeline?.droppedFrames() ?? 0,
      latency_ms: { p50, p95, p99, max },
      tempo_by: this.#leader(),
    };
  }

  protected override getCondition(): ReportedCondition {
    const echo = this.#out.echo(performance.now());
    if (echo !== undefined) return { level: "degraded", text: echo, todo: "set audio_source to another port, or change the target" };
    const { choice: playing, waiting } = this.#control;
    return sourceCondition({ playing, waiting, ...this.#watch.state(performance.now()) });
  }

  protected override getState(): Record<string, unknown> {
    const choice = this.#control.choice;
    return {
      device_name: choice?.source.name ?? "",
      source: {
        kind: choice?.source.kind ?? "none",
        name: choice?.source.name ?? "",
        demo: choice?.source.kind === "demo",
        ...this.#format,
        gain_db: Math.round((this.#pipeline?.gainDb() ?? 0) * 10) / 10,
        chosen_by: choice?.chosenBy ?? "",
        note: choice === undefined || choice.note === "" ? "" : describeChoice(choice),
        waiting_for: this.#control.waiting?.source.name ?? "",
        ...this.#watch.state(performance.now()),
      },
      tempo: this.#tempoState(),
      stats: this.getStats(),
    };
  }

  /** The tempo that keys act on, or why there is none. */
  #tempo(): TempoControl | Reply {
    if (this.#pipeline === undefined) return failed("the analyzer does not run; try again in a moment", "unavailable");
    if (!this.config.enable_bpm) return failed("enable_bpm is off; switch it on first: vj config set audio_analyzer enable_bpm=true", "unavailable");
    if (this.#out.relaying) return failed("the beats are another analyzer's (audio_source osc:...); correct them there", "unavailable");
    return this.#pipeline.tempo();
  }

  /** Name of what the tempo is from. */
  #leader(): AudioFrame["tempoBy"] {
    const by = this.config.enable_bpm && !this.#out.relaying ? this.#pipeline?.tempo().view().by : undefined;
    // The newest frame says whether there is a tempo at all, and may be older than the last key.
    return by === undefined || (by === "analysis" && this.#out.tempoBy === "none") ? this.#out.tempoBy : by;
  }

  #tempoState(): Record<string, unknown> {
    const pipeline = this.#pipeline;
    if (pipeline === undefined) return { tempo_by: "none" };
    return tempoState(pipeline.tempo().view(), this.#leader(), this.#followed, (seconds) => pipeline.steadyTime(seconds));
  }

  #takeAnalysis(message: OscReading<typeof audioOsc>): void {
    const now = performance.now();
    if (!this.#out.message(message, now) || message.address !== "/audio/levels") return;
    const loudest = Math.max(...Object.values(message.args));
    // Levels of 0 mean silence, not an input that delivers only zeros.
    this.#watch.samples(-loudest, Math.max(loudest, Number.MIN_VALUE), false, now);
  }
}
