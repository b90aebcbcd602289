import { tempoBy } from "@vj/schema";
import type { ReportedCondition } from "@vj/worker";
import { shown } from "../../figures.ts";
import { PhaseError } from "../../phase-error.ts";
import { nowUs } from "../../tempo.ts";
import type { RigTempo, Tempo } from "../../tempo.ts";
import type { Protocol, ProtocolContext, ProtocolDefinition } from "../protocol.ts";
import { fillsIn } from "./filling.ts";
import { allowJump, isOther, lead, letGo, noLead } from "./lead.ts";
import type { LeadAction, LeadInput, LeadState } from "./lead.ts";
import { LinkSession } from "./link-session.ts";

/** Ableton Link. */
export const linkProtocol: ProtocolDefinition = {
  name: "link",
  restartedBy: ["link_interfaces"],
  isOn: ({ link }) => link !== "off",
  start: async (context) => {
    const protocol = new LinkProtocol(context);
    await protocol.open();
    return protocol;
  },
};

const lookMs = 50;
/** Looks between two offers of the session's tempo, while it does not change. */
const looksPerOffer = 5;

/** A peer of Link that leads, follows, or both. */
class LinkProtocol implements Protocol {
  readonly #context: ProtocolContext;
  readonly #session: LinkSession;
  readonly #error = new PhaseError(lookMs);
  readonly #undo: (() => void)[];
  #timer: NodeJS.Timeout | undefined;
  #lead: LeadState = noLead;
  #looks = 0;
  #offered: Tempo | undefined;
  #isFilling = true;
  #peers = 0;
  #hadPeers = false;

  constructor(context: ProtocolContext) {
    this.#context = context;
    const { log, rigTempo, config } = context;
    this.#session = new LinkSession(config.link_interfaces, () => rigTempo.current?.bpm ?? 120, () => context.config.link === "follow", (problem) => log.warn(problem));
    this.#undo = [
      rigTempo.on("jump", (reason) => (this.#lead = allowJump(this.#lead, nowUs(), reason))),
      rigTempo.on("tempo", () => this.#look()),
    ];
  }

  async open(): Promise<void> {
    await this.#session.join();
    this.#timer = setInterval(() => this.#look(), lookMs);
  }

  state(): Record<string, unknown> {
    const { link } = this.#session;
    return {
      mode: this.#context.config.link,
      peers: link?.peers ?? 0,
      tempo: shown(link?.tempo ?? null),
      ...this.#error.state(),
      session: link?.sessionId ?? null,
      leads: this.#follows(link?.peers ?? 0) || this.#lead.yieldedAt !== undefined ? "link" : "rig",
      problems: this.#session.problems,
    };
  }

  stats(): Record<string, unknown> {
    return { link_peers: this.#session.link?.peers ?? 0, link_phase_error_ms: this.#error.ms };
  }

  condition(): ReportedCondition | undefined {
    const fault = this.#session.condition();
    const { link } = this.#session;
    if (fault !== undefined || link === undefined) return fault;
    if (link.peers === 0 && this.#context.config.link === "follow") {
      const text = this.#hadPeers ? "Link: its last peer is gone; the rig goes by its own tempo until one is back" : "Link: no peer to follow yet";
      return { level: "ok", text, todo: "switch Link on in the other program, on the same network" };
    }
    return { level: "ok", text: `Link: ${peersText(link.peers)}, ${this.#error.describe(link.tempo, this.#context.rigTempo.current, this.#context.isFollowed)}` };
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const undo of this.#undo) undo();
    const session = this.#read(nowUs());
    if (session !== undefined) this.#perform(letGo(this.#lead, session));
    this.#context.propose(undefined);
    await this.#session.close();
  }

  /**
   * Whether the rig is to follow the session. Where both may change the tempo, the last one to change it leads: a peer that did
   * so, until the rig's tempo really changes; and any peers while the rig has no tempo of its own.
   */
  #follows(peers: number): boolean {
    const { link } = this.#context.config;
    if (peers === 0 || link === "send") return false;
    return link === "follow" || this.#lead.yieldedAt !== undefined || this.#isFilling;
  }

  #read(at: number): LeadInput["session"] | undefined {
    const { link } = this.#session;
    return link === undefined ? undefined : { bpm: link.tempo, beat: link.beatAt(at), atUs: at, id: link.sessionId, peers: link.peers };
  }

  #perform({ state, actions }: { readonly state: LeadState; readonly actions: readonly LeadAction[] }): void {
    this.#lead = state;
    for (const action of actions) {
      if (action.type === "tempo") this.#session.link?.setTempo(action.bpm, action.atUs);
      else this.#session.link?.setPhase(action.phase, action.quantum, action.atUs);
    }
  }

  #look(): void {
    const at = nowUs();
    const session = this.#read(at);
    if (session === undefined) return;
    this.#notePeers(session.peers);
    const { config, rigTempo, hasOwnTempo } = this.#context;
    const own = rigTempo.current;
    const rig = own === undefined || own.by === tempoBy.link ? undefined : shifted(own, config.link_offset_ms);
    this.#error.measure(rig ?? own, session, at);
    this.#isFilling = fillsIn(this.#isFilling, own, hasOwnTempo);
    const follows = this.#follows(session.peers);
    if (config.link === "follow" || follows) this.#perform(letGo(this.#lead, session));
    else this.#perform(lead(this.#lead, { nowUs: at, rig, session }));
    // Only a peer that announces nothing leaves the session unchanged: a peer that starts later would take its tempo from one that was
    // there before.
    this.#session.link?.setQuiet(config.link === "follow");
    this.#offer(follows ? this.#read(at) : undefined);
  }

  #notePeers(peers: number): void {
    if (peers === this.#peers) return;
    this.#peers = peers;
    this.#hadPeers = true;
    this.#context.log.info(`Link: ${peersText(peers)}`);
  }

  /** At each change of the session, and again before the offer runs out. */
  #offer(session: Tempo | undefined): void {
    this.#looks += 1;
    const isChanged = (session === undefined) !== (this.#offered === undefined) || (session !== undefined && this.#offered !== undefined && isOther(this.#offered, session));
    if (!isChanged && (session === undefined || this.#looks % looksPerOffer !== 0)) return;
    this.#offered = session;
    this.#context.propose(session === undefined ? undefined : { bpm: session.bpm, beat: session.beat, atUs: session.atUs, quantum: 4 });
  }

}

function peersText(peers: number): string {
  return peers === 1 ? "1 peer" : `${peers} peers`;
}

function shifted(tempo: RigTempo, offsetMs: number): RigTempo {
  return { ...tempo, atUs: tempo.atUs + offsetMs * 1000 };
}
