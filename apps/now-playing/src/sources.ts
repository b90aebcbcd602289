import { followWorker, lossMs, readPlayback, watchSources } from "@vj/playback";
import type { Candidate, Follower, PlaybackMessage, SourceWatch } from "@vj/playback";
import { RateLimit } from "@vj/schema";
import type { Logger } from "@vj/worker";
import { follow, isJump, isPresent, isStale, lostSince, receive, unknownSource } from "./source-state.ts";
import type { SourceState } from "./source-state.ts";
import type { Source } from "./source-view.ts";

export interface SourcesOptions {
  readonly busDir: string;
  readonly log: Logger;
  /** The track changed, or playing began or ended. */
  onChange(): void;
  /** A position of a source. @param jumped it is elsewhere than was expected */
  onPosition(source: string, jumped: boolean): void;
  /** A source is held from now on: until then it may have published a track of its own. */
  onHeld(): void;
}

/** Every source on the bus, followed and held. */
export class Sources {
  readonly #options: SourcesOptions;
  readonly #byName = new Map<string, Source>();
  readonly #watch: SourceWatch;
  readonly #problems = new RateLimit(10_000);
  readonly #losses = new Set<NodeJS.Timeout>();

  constructor(options: SourcesOptions) {
    this.#options = options;
    this.#watch = watchSources({ busDir: options.busDir });
    this.#watch.on("source", (source, worker) => this.#add(source, worker));
    this.#watch.on("problem", (problem) => options.log.warn(problem));
  }

  async close(): Promise<void> {
    for (const timer of this.#losses) clearTimeout(timer);
    const followers = Array.from(this.#byName.values(), ({ follower }) => follower);
    this.#byName.clear();
    await Promise.all([this.#watch.close(), ...followers.map((follower) => follower.close())]);
  }

  get names(): string[] {
    return [...this.#byName.keys()].sort();
  }

  entries(): [string, Source][] {
    return [...this.#byName];
  }

  /** The state of a source, while it has a track. @param now ms of the monotonic clock */
  present(source: string | undefined, now: number): SourceState | undefined {
    const state = source === undefined ? undefined : this.#byName.get(source)?.state;
    return state !== undefined && isPresent(state, now) ? state : undefined;
  }

  candidates(now: number): Candidate[] {
    return Array.from(this.#byName, ([source, { state, follower }]) => ({
      source,
      present: isPresent(state, now) && follower.state().health !== "late",
      playing: state.position.playing,
      since: state.since,
      lostAt: lostSince(state, now),
      stale: isStale(state, now),
    }));
  }

  #add(source: string, worker: string): void {
    const known = this.#byName.get(source);
    if (known?.worker === worker) return;
    // One that is away leaves its place to another: a replay, or the same program under another name.
    if (known === undefined || known.follower.state().health === "away") {
      void known?.follower.close();
      this.#byName.set(source, { state: unknownSource, worker, follower: this.#follow(source, worker) });
    } else this.#options.log.warn(`${worker} is ignored: ${known.worker} already publishes ${source}`);
  }

  #follow(source: string, worker: string): Follower {
    const { busDir, log, onChange, onHeld } = this.#options;
    return followWorker({
      worker,
      busDir,
      addresses: [`/playback/${source}/*`],
      hold: true,
      onMessage: (message) => {
        const playback = readPlayback(message);
        if (playback !== undefined) return this.#receive(source, playback);
        const held = this.#problems.admit(worker, performance.now());
        if (held !== undefined) log.warn({ address: message.address, args: message.args, held }, `${worker} sent what the OSC table does not allow`);
      },
      onChange: (following) => {
        log.info(following ? `${worker} is there` : `${worker} is gone`);
        this.#change(source, (state) => follow(state, following, performance.now()));
        onChange();
        if (!following) this.#lookAfterLoss();
      },
      onHeld,
    });
  }

  /** It gives way exactly once it has been lost for long enough. */
  #lookAfterLoss(): void {
    const timer = setTimeout(() => {
      this.#losses.delete(timer);
      this.#options.onChange();
    }, lossMs + 10);
    this.#losses.add(timer);
  }

  #receive(source: string, message: PlaybackMessage): void {
    const before = this.#byName.get(source)?.state;
    const state = this.#change(source, (known) => receive(known, message, performance.now()));
    if (before === undefined || state === undefined) return;
    if (message.kind === "track" || before.position.playing !== state.position.playing) this.#options.onChange();
    if (message.kind === "position") this.#options.onPosition(source, isJump(before, state));
  }

  /** @returns the new state; undefined when the source is not followed any more. */
  #change(source: string, next: (state: SourceState) => SourceState): SourceState | undefined {
    const entry = this.#byName.get(source);
    if (entry !== undefined) entry.state = next(entry.state);
    return entry?.state;
  }
}
