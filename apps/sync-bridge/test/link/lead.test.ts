import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { allowJump, lead, letGo, noLead } from "../../src/protocols/link/lead.ts";
import type { LeadAction, LeadState } from "../../src/protocols/link/lead.ts";
import { beatAt, placeIn, wayIn } from "../../src/tempo.ts";
import type { RigTempo, Tempo } from "../../src/tempo.ts";

/** A session that does as it is asked, and a rig whose tempo it is given. */
class Stage {
  nowUs = 1_000_000;
  session: Tempo & { id: string; peers: number } = { bpm: 120, beat: 7.3, atUs: 0, id: "a", peers: 1 };
  rig: RigTempo | undefined = { bpm: 128, beat: 0, atUs: 0, metre: 4, barKnown: true, barBeats: 8, by: 1, live: true };
  state: LeadState = noLead;
  actions: LeadAction[] = [];

  run(seconds: number, onLook: () => void = () => {}): void {
    for (const end = this.nowUs + seconds * 1e6; this.nowUs < end; this.nowUs += 50_000) {
      const session = { ...this.session, beat: beatAt(this.session, this.nowUs), atUs: this.nowUs };
      const { state, actions } = lead(this.state, { nowUs: this.nowUs, rig: this.rig, session });
      this.state = state;
      for (const action of actions) this.#perform(action);
      this.actions.push(...actions);
      onLook();
    }
  }

  /** A person's tempo: the beat goes on from here. */
  setRig(bpm: number, ahead = 0): void {
    if (this.rig !== undefined) this.rig = { ...this.rig, bpm, beat: beatAt(this.rig, this.nowUs) + ahead, atUs: this.nowUs };
  }

  setPeer(bpm: number, ahead = 0): void {
    this.session = { ...this.session, bpm, beat: beatAt(this.session, this.nowUs) + ahead, atUs: this.nowUs };
  }

  /** Beats that the session is behind the rig. */
  behind(quantum = 4): number {
    return this.rig === undefined ? Number.NaN : wayIn(quantum, beatAt(this.session, this.nowUs), beatAt(this.rig, this.nowUs));
  }

  taken(): LeadAction[] {
    return this.actions.splice(0);
  }

  #perform(action: LeadAction): void {
    const beat = beatAt(this.session, action.atUs);
    if (action.type === "tempo") this.session = { ...this.session, bpm: action.bpm, beat, atUs: action.atUs };
    else this.session = { ...this.session, beat: beat + placeIn(action.quantum, action.phase - beat), atUs: action.atUs };
  }
}

const leading = (): Stage => {
  const stage = new Stage();
  stage.run(3);
  stage.taken();
  return stage;
};

describe("a session that the rig leads", () => {
  it("keeps its beats for half a second, then has the rig's tempo and bar, put once", () => {
    const stage = new Stage();
    stage.run(0.45);
    expect(stage.taken()).toEqual([]);
    stage.run(10);
    expect(stage.session.bpm).toBe(128);
    expect(Math.abs(stage.behind())).toBeLessThan(1e-6);
    expect(stage.taken().map(({ type }) => type)).toEqual(["tempo", "phase"]);
  });

  it("gets no tempo that differs by less than 0.05 %", () => {
    const stage = leading();
    stage.setRig(128.05);
    stage.run(1);
    expect(stage.taken()).toEqual([]);
  });

  it("keeps its tempo while the rig has none, and while it holds one", () => {
    const stage = leading();
    stage.setRig(100);
    stage.rig = stage.rig && { ...stage.rig, live: false };
    stage.run(5);
    stage.rig = undefined;
    stage.run(5);
    expect(stage.taken()).toEqual([]);
  });

  it("is moved to the rig's beats without a jump, and within 2 % of its tempo", () => {
    const stage = leading();
    stage.setRig(128, 0.2);
    const tempos: number[] = [];
    stage.run(8, () => tempos.push(stage.session.bpm));
    expect(Math.max(...tempos)).toBeLessThanOrEqual(128 * 1.02 + 1e-6);
    expect(stage.session.bpm).toBeCloseTo(128, 6);
    expect(Math.abs(stage.behind()) * 469).toBeLessThan(1.5);
    expect(stage.taken().some(({ type }) => type === "phase")).toBe(false);
  });

  it("has another tempo of the rig at once, and its beats within 1.5 s", () => {
    const stage = leading();
    stage.setRig(134, 0.25);
    stage.run(0.05);
    expect(stage.session.bpm).toBeGreaterThan(134);
    stage.run(1.5);
    expect(Math.abs(stage.behind()) * 448).toBeLessThan(1.5);
    expect(stage.session.bpm).toBeCloseTo(134, 6);
  });

  it("keeps the new tempo within half a percent while its beats still move on by a few milliseconds", () => {
    const stage = leading();
    stage.setRig(134, 0.05);
    stage.run(1);
    stage.setRig(134, 0.024);
    const tempos: number[] = [];
    stage.run(4, () => tempos.push(stage.session.bpm));
    expect(Math.max(...tempos.map((bpm) => Math.abs(bpm / 134 - 1)))).toBeLessThan(0.005);
    expect(Math.abs(stage.behind()) * 448).toBeLessThan(1.5);
  });

  it("has its bar left alone in music that is not in four", () => {
    const stage = new Stage();
    stage.rig = stage.rig && { ...stage.rig, metre: 3 };
    const before = beatAt(stage.session, 2e6);
    stage.run(3);
    expect(Math.abs(stage.behind(1))).toBeLessThan(1e-6);
    expect(Math.abs(beatAt(stage.session, 2e6) - before)).toBeLessThan(1);
  });

  it("gets a bar that eight beats agreed with, not the first guess", () => {
    const stage = new Stage();
    stage.rig = stage.rig && { ...stage.rig, barBeats: 7 };
    stage.run(3);
    expect(stage.taken().map(({ type }) => type)).toEqual(["tempo", "phase"]);
    stage.setRig(128, 1);
    stage.rig = stage.rig && { ...stage.rig, barBeats: 8 };
    stage.run(0.1);
    expect(stage.behind()).toBeCloseTo(0, 6);
    stage.setRig(128, 1);
    stage.run(20);
    expect(stage.behind()).toBeCloseTo(1, 6);
  });

  it("follows each move of a person's correction at once", () => {
    const stage = leading();
    stage.state = allowJump(stage.state, stage.nowUs, "resync");
    for (const ahead of [0.4, 2, 1]) {
      stage.setRig(128, ahead);
      stage.run(0.1);
      expect(stage.behind()).toBeCloseTo(0, 6);
    }
    stage.run(10);
    stage.setRig(128, 1);
    stage.run(1);
    expect(stage.behind()).toBeCloseTo(1, 6);
  });

  it("does not follow another bar of the rig, but after a drop, and then only when it lasts", () => {
    const stage = leading();
    stage.setRig(128, 1);
    stage.run(20);
    expect(stage.behind()).toBeCloseTo(1, 6);
    stage.state = allowJump(stage.state, stage.nowUs, "drop");
    stage.run(1.4);
    expect(stage.taken()).toEqual([]);
    stage.run(1);
    expect(stage.behind()).toBeCloseTo(0, 6);
    stage.setRig(128, 1);
    stage.run(20);
    expect(stage.behind()).toBeCloseTo(1, 6);
  });

  it("has the bar, too, when the tempo is another music's", () => {
    const stage = leading();
    stage.setRig(98, 1);
    stage.run(1.4);
    expect(Math.abs(stage.behind())).toBeGreaterThan(0.5);
    stage.run(2);
    expect(stage.behind()).toBeCloseTo(0, 6);
  });

  it("keeps a peer's tempo until the rig's really changes", () => {
    const stage = leading();
    stage.setPeer(98);
    stage.run(10);
    stage.setRig(128.3);
    stage.run(10);
    expect(stage.session.bpm).toBe(98);
    expect(stage.taken()).toEqual([]);
    stage.setRig(130);
    stage.run(3);
    expect(stage.session.bpm).toBeCloseTo(130, 6);
  });

  it("has the rig's tempo again when the peer that changed it has been away for ten seconds, not when its network failed for a moment", () => {
    const stage = leading();
    stage.setPeer(98);
    stage.run(10);
    const { peers } = stage.session;
    stage.session = { ...stage.session, peers: 0 };
    stage.run(9.5);
    stage.session = { ...stage.session, peers };
    stage.run(10);
    expect(stage.session.bpm).toBe(98);
    stage.session = { ...stage.session, peers: 0 };
    stage.run(11);
    expect(stage.session.bpm).toBe(128);
    expect(Math.abs(stage.behind())).toBeLessThan(1e-6);
  });

  it("keeps a peer's beats until another track begins", () => {
    const stage = leading();
    stage.setPeer(128, 0.4);
    stage.run(10);
    expect(stage.taken()).toEqual([]);
    stage.state = allowJump(stage.state, stage.nowUs, "track");
    stage.run(3);
    expect(Math.abs(stage.behind())).toBeLessThan(1e-6);
  });

  it("that is joined later is left alone for half a second, too", () => {
    const stage = leading();
    stage.session = { ...stage.session, id: "b", bpm: 100, beat: 3.9 };
    stage.run(0.45);
    expect(stage.taken()).toEqual([]);
    stage.run(1);
    expect(stage.session.bpm).toBe(128);
  });

  it("goes on evenly when the bridge was stopped while it moved beats", () => {
    const stage = leading();
    stage.setRig(128, 0.2);
    stage.run(0.1);
    stage.nowUs += 20e6;
    stage.run(0.1);
    stage.taken();
    stage.run(30);
    expect(stage.taken().some(({ type }) => type === "phase")).toBe(false);
    expect(Math.abs(stage.behind(1)) * 469).toBeLessThan(1.5);
  });

  it("is left with an even tempo when the rig lets go while it moves beats, and with that of a peer", () => {
    const stage = leading();
    stage.setRig(134, 0.25);
    stage.run(0.1);
    expect(stage.session.bpm).toBeGreaterThan(135);
    const { state, actions } = letGo(stage.state, { ...stage.session, beat: beatAt(stage.session, stage.nowUs), atUs: stage.nowUs });
    expect(actions).toEqual([{ type: "tempo", bpm: 134, atUs: stage.nowUs }]);
    expect(letGo(state, stage.session).actions).toEqual([]);
    stage.setPeer(99);
    expect(letGo(stage.state, stage.session).actions).toEqual([]);
  });

  it("ends at the rig's tempo and beats whatever happened before", () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 4000 }), bpm: fc.integer({ min: 60, max: 180 }), ahead: fc.double({ min: -2, max: 2, noNaN: true }), whose: fc.constantFrom("rig", "peer", "jump", "session") });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const stage = new Stage();
        for (const { wait, bpm, ahead, whose } of steps) {
          if (whose === "rig") stage.setRig(bpm, ahead);
          else if (whose === "peer") stage.setPeer(bpm, ahead);
          else if (whose === "jump") stage.state = allowJump(stage.state, stage.nowUs, "track");
          else stage.session = { ...stage.session, id: stage.session.id + "x" };
          stage.run(wait / 1000);
        }
        // What a peer did last was seen: else it came after the other track, and leads.
        stage.run(0.1);
        stage.state = allowJump(stage.state, stage.nowUs, "track");
        stage.run(30);
        expect(Math.abs(stage.behind(1)) * (60_000 / stage.session.bpm)).toBeLessThan(1.6);
        expect(stage.session.bpm / (stage.rig?.bpm ?? 0)).toBeCloseTo(1, 3);
      }),
      { numRuns: 60 },
    );
  });
});
