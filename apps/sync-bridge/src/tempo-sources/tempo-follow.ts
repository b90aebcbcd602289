import type { Rig } from "@vj/rig";
import { messageOf, tempoBy } from "@vj/schema";
import { z } from "zod";
import { placeIn } from "../tempo.ts";
import type { ProposedTempo } from "../protocols/protocol.ts";
import type { RigTempoOut } from "../rig-tempo/rig-tempo-out.ts";
import { chooseSource } from "./choose.ts";
import { tempoSources } from "./settings.ts";
import type { TempoSource } from "./settings.ts";

/** The worker whose beats are the rig's. */
const analyzer = "audio_analyzer";
/** How long a proposal holds. */
const leaseMs = 3000;
/** Music counts as back after this long. */
const ownMs = 3000;
/** The analyzer takes no beat beyond this; a program can count from anywhere. */
const farthestBeat = 1e9;
/** A whole number of bars of every metre. */
const barsOfAll = 48;
const replySchema = z.object({ analysis_bpm: z.number() });
/** The analyzer's own lease is 3 s; renewed often enough that one lost command does not end it. */
const renewMs = 1000;

interface Offer {
  readonly tempo: ProposedTempo;
  readonly atMs: number;
}

/** Chooses among the proposed tempos, and has the analyzer follow the chosen one. */
export class TempoFollow {
  readonly #rig: Rig;
  readonly #rigTempo: RigTempoOut;
  readonly #priority: () => readonly TempoSource[];
  readonly #onChange: (text: string) => void;
  readonly #offers = new Map<TempoSource, Offer>();
  readonly #timer: NodeJS.Timeout;
  #followed: TempoSource | undefined;
  #problem: string | undefined;
  #sentAt = 0;
  /** Since when the analyzer has had a tempo from music. */
  #ownSince: number | undefined;

  /** @param onChange called with what is followed from now on, for the log */
  constructor(rig: Rig, rigTempo: RigTempoOut, priority: () => readonly TempoSource[], onChange: (text: string) => void) {
    this.#rig = rig;
    this.#rigTempo = rigTempo;
    this.#priority = priority;
    this.#onChange = onChange;
    this.#timer = setInterval(() => this.#update(false), renewMs / 4);
  }

  /** The source of the rig's tempo, as the analyzer reports it. */
  get by(): TempoSource | undefined {
    const { current } = this.#rigTempo;
    return current?.live === true ? tempoSources.find((source) => tempoBy[source] === current.by) : undefined;
  }

  /** The protocol that the analyzer is asked to follow. */
  get followed(): TempoSource | undefined {
    return this.#followed;
  }

  /** Why the analyzer does not follow. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether the analyzer has had a tempo from music for {@link ownMs}, by its answers while it follows. */
  get hasOwnTempo(): boolean {
    return this.#ownSince !== undefined && performance.now() - this.#ownSince > ownMs;
  }

  /** Tempos that are offered now. */
  offers(): Record<string, { bpm: number }> {
    return Object.fromEntries([...this.#offers].map(([source, { tempo: { bpm } }]) => [source, { bpm }]));
  }

  propose(source: TempoSource, tempo: ProposedTempo | undefined): void {
    if (tempo === undefined) this.#offers.delete(source);
    else this.#offers.set(source, { tempo, atMs: performance.now() });
    this.#update(source === this.#followed || this.#followed === undefined);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#offers.clear();
    await this.#follow(undefined);
  }

  #update(changed: boolean): void {
    const now = performance.now();
    for (const [source, { atMs }] of this.#offers) if (now - atMs > leaseMs) this.#offers.delete(source);
    const chosen = chooseSource(this.#priority(), { there: new Set(this.#offers.keys()), by: this.by });
    const offer = this.#offers.get(chosen);
    if (offer === undefined) return void this.#follow(undefined);
    if (chosen !== this.#followed || changed || now - this.#sentAt >= renewMs) void this.#follow({ source: chosen, tempo: offer.tempo });
  }

  async #follow(next: { source: TempoSource; tempo: ProposedTempo } | undefined): Promise<void> {
    const before = this.#followed;
    this.#followed = next?.source;
    if (before === undefined && next !== undefined) this.#ownSince = undefined;
    if (before !== next?.source) this.#onChange(next === undefined ? `the rig no longer follows ${before}` : `the rig follows ${next.source}, ${next.tempo.bpm.toFixed(2)} BPM`);
    if (next !== undefined) {
      this.#sentAt = performance.now();
      // The analyzer goes by a person's taps, and the chosen program comes before them in the list. A program that begins takes over from
      // taps, so it begins again.
      if (before === next.source && this.by === "tap") await this.#letGo(before);
      const { bpm, beat, atUs, quantum } = next.tempo;
      await this.#send("follow_tempo", { source: next.source, bpm, beat: inReach(beat), at_us: Math.round(atUs), ...(quantum === undefined ? {} : { quantum }) });
      // Until its lease ends, the analyzer could prefer the program that was followed before. It is released after the new one is followed,
      // so that no gap arises.
      if (before !== undefined && before !== next.source) await this.#letGo(before);
    } else if (before !== undefined) {
      await this.#send("unfollow_tempo", { source: before });
      // The analyzer stops following by itself when the lease ends, so this is not a fault any more.
      this.#problem = undefined;
    }
  }

  /** Errors are ignored: a follow_tempo goes out beside it, and its failure is reported. */
  async #letGo(source: TempoSource): Promise<void> {
    await this.#rig.send(analyzer, "unfollow_tempo", { source }, { timeoutMs: renewMs }).catch(() => {});
  }

  async #send(cmd: string, args: Record<string, unknown>): Promise<void> {
    try {
      const reply = await this.#rig.send(analyzer, cmd, args, { timeoutMs: renewMs });
      this.#problem = reply.success ? undefined : (reply.message ?? "refused");
      const own = replySchema.safeParse(reply.data).data?.analysis_bpm ?? 0;
      if (cmd === "follow_tempo") this.#ownSince = own > 0 ? (this.#ownSince ?? performance.now()) : undefined;
    } catch (error) {
      this.#problem = messageOf(error);
    }
  }
}

/** The same place in the bar, counted so that the analyzer takes it. */
function inReach(beat: number): number {
  return Math.abs(beat) < farthestBeat ? beat : placeIn(barsOfAll, beat);
}
