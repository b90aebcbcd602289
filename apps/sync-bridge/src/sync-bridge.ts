import { openRig } from "@vj/rig";
import type { Rig } from "@vj/rig";
import { Worker, packageVersion } from "@vj/worker";
import type { ReportedCondition, WorkerContext } from "@vj/worker";
import { combined } from "./combined-condition.ts";
import { syncConfig } from "./config.ts";
import type { SyncConfig } from "./config.ts";
import { ProtocolSet } from "./protocol-set.ts";
import { protocols } from "./protocols/index.ts";
import type { ProtocolContext } from "./protocols/protocol.ts";
import { RigTempoFeed } from "./rig-tempo/rig-tempo-feed.ts";
import { TempoFollow } from "./tempo-sources/tempo-follow.ts";
import { tempoSources } from "./tempo-sources/settings.ts";
import type { RigTempo } from "./tempo.ts";

interface Running {
  readonly rig: Rig;
  readonly rigTempo: RigTempoFeed;
  readonly follow: TempoFollow;
  readonly protocols: ProtocolSet;
}

/** Carries the rig's tempo to other programs, and theirs to the rig. */
export class SyncBridge extends Worker<typeof syncConfig> {
  #running: Running | undefined;

  constructor(context?: WorkerContext) {
    super({ name: "sync_bridge", version: packageVersion(import.meta.url), description: "Tempo and beat from and to other programs", config: syncConfig }, context);
  }

  protected override async onStart(): Promise<void> {
    const onProblem = (problem: string): void => this.log.warn(problem);
    const rig = openRig({ busDir: this.busDir, except: [this.name], states: false, descriptions: true });
    rig.on("problem", onProblem);
    const rigTempo = new RigTempoFeed(rig, this.busDir, onProblem);
    const follow = new TempoFollow(rig, rigTempo, () => this.config.tempo_priority, (text) => this.log.info(text));
    const set = new ProtocolSet(protocols, (name) => this.#contextFor(name, { rig, rigTempo, follow }));
    this.#running = { rig, rigTempo, follow, protocols: set };
    await set.apply(this.config, this.config);
  }

  protected override async onStop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.protocols.close();
    await running?.follow.close();
    await running?.rigTempo.close();
    await running?.rig.close();
  }

  /** Restarts only the protocols that a change concerns. */
  protected override async onConfig(previous: SyncConfig): Promise<string> {
    await this.#running?.protocols.apply(this.config, previous);
    return "Config updated";
  }

  protected override getState(): Record<string, unknown> {
    const { rigTempo, follow, protocols: set } = this.#running ?? {};
    return {
      ...set?.state(),
      tempo_by: follow?.by ?? "none",
      rig_tempo: shownTempo(rigTempo?.current),
      followed: follow?.followed ?? null,
      offered: follow?.offers() ?? {},
    };
  }

  protected override getStats(): Record<string, unknown> {
    return this.#running?.protocols.stats() ?? {};
  }

  protected override getCondition(): ReportedCondition | undefined {
    const problem = this.#running?.follow.problem;
    const refused: ReportedCondition | undefined =
      problem === undefined ? undefined : { level: "degraded", text: `audio_analyzer does not follow ${this.#running?.follow.followed ?? "the tempo"}: ${problem}` };
    return combined(this.#running?.protocols.condition(), refused);
  }

  #contextFor(name: string, { rig, rigTempo, follow }: Omit<Running, "protocols">): ProtocolContext {
    const config = (): SyncConfig => this.config;
    const source = tempoSources.find((one) => one === name);
    return {
      get config() {
        return config();
      },
      rigTempo,
      rig,
      log: this.log,
      get isFollowed() {
        return source !== undefined && follow.followed === source;
      },
      get hasOwnTempo() {
        return follow.hasOwnTempo;
      },
      propose: (tempo) => {
        if (source !== undefined) follow.propose(source, tempo);
      },
    };
  }
}

/** The line of the rig's beats, so that a client can compute the beat at any time of the system's monotonic clock. */
function shownTempo(tempo: RigTempo | undefined): Record<string, unknown> | null {
  if (tempo === undefined) return null;
  const { bpm, beat, atUs, metre, barKnown, live } = tempo;
  return { bpm, beat, at_us: atUs, metre, bar_known: barKnown, live };
}
