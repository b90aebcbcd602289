import { hasManager, sumTargets } from "@vj/rig";
import type { TargetFlow } from "@vj/rig";
import { placeText, resolveTarget } from "@vj/schema";
import type { Target, TargetInput, TargetView } from "@vj/schema";
import { isDeepStrictEqual } from "node:util";
import type { RigState } from "../rig/rig-state.ts";
import { starterOf } from "../rig/starter.ts";
import { rigHealthOf } from "../rig/worker-status.ts";
import { age, clock, rate } from "../text/format.ts";
import type { Sign } from "../text/signs.ts";

/** One target as it is shown: as it is written down, and whether its messages arrive. */
export interface TargetRow {
  readonly name: string;
  readonly target: Target & { readonly view: TargetView };
  /** As the list has it; undefined: a worker sends to it although the list does not have it. */
  readonly written: TargetInput | undefined;
  /** All senders together; undefined while none sends to it. */
  readonly flow: TargetFlow | undefined;
  /** Each sender alone. */
  readonly senders: readonly (readonly [worker: string, flow: TargetFlow])[];
  readonly sign: Sign;
  /** Its state in one to three words. */
  readonly word: string;
  /** What is so, since when, and what helps. */
  readonly detail: string;
}

/** All targets: those of the list in its order, then those that workers send to all the same. Pure. @param now epoch milliseconds */
export function targetRows(rig: RigState, now: number): TargetRow[] {
  const sending = Object.values(rig.workers).filter(({ link }) => link === "connected");
  const sums = sumTargets(sending.map(({ targets }) => targets));
  const written = rig.targets.ahead ?? rig.targets.list?.targets ?? [];
  const listed = written.map((target) => {
    const resolved = resolveTarget(target);
    return rowOf({ target: resolved, written: target, flow: sums.find((flow) => isOf(flow, resolved)) }, rig, now);
  });
  const others = sums.filter((flow) => !listed.some(({ target }) => isOf(flow, target)));
  return [...listed, ...others.map((flow) => rowOf({ target: resolveTarget({ name: flow.name, host: flow.host, port: flow.port, enabled: true }), written: undefined, flow }, rig, now))];
}

type Found = Pick<TargetRow, "target" | "written" | "flow">;

function rowOf(found: Found, rig: RigState, now: number): TargetRow {
  const senders = Object.values(rig.workers).filter(({ link }) => link === "connected").flatMap(({ name, targets }) => {
    const flow = targets.find((one) => isOf(one, found.target));
    return flow === undefined ? [] : [[name, flow] as const];
  });
  const [sign, word, detail] = stateOf(found, rig, now);
  return { name: found.target.name, ...found, senders, sign, word, detail };
}

function stateOf({ target, written, flow }: Found, rig: RigState, now: number): readonly [Sign, string, string] {
  const { name, host, port, enabled } = target;
  const { list, ahead, trial } = rig.targets;
  const place = placeText({ host, port });
  if (ahead !== undefined && !isDeepStrictEqual(list?.targets.find((one) => one.name === name), written)) return ["busy", "saving", "being saved; the workers follow within a second"];
  if (trial?.name === name) {
    return trial.kind === "test"
      ? ["busy", "test pattern", `the test pattern moves ${trial.address === "" ? "its first address" : trial.address}; t ends it`]
      : ["busy", "resending", "all states are being sent once more"];
  }
  if (!enabled && flow === undefined) return ["off", "off", "off: nothing is sent to it; space switches it on"];
  if (!enabled) return ["busy", "ending", "switched off; the workers stop within a second"];
  if (flow === undefined) {
    const idle = rigHealthOf(rig).running === 0;
    return ["off", "no sender", idle ? `no worker runs, so nothing is sent; ${starterOf(rig)} them` : "no worker sends to it yet: they follow the list within a second"];
  }
  const since = flow.since === undefined ? "" : ` since ${clock(flow.since * 1000)} (${age(now - flow.since * 1000)})`;
  if (flow.phase === "failed") return ["bad", "unreachable", `${place} cannot be reached${since}; tried again every 5 s; check the network and the host: e edits it`];
  if (flow.phase === "opening") return ["busy", "opening", `${host} is being looked up${since}`];
  if (!flow.listening || flow.refusing) return ["warn", "nobody listens", `nobody listens on ${place}${since}; start its program and let it receive OSC on port ${port}, or e changes the port; it gets all states when it comes`];
  const unlisted = written !== undefined || rig.targets.problem !== undefined ? "" : list !== undefined ? "; it is not in the list: a worker has it from its environment" : hasManager(rig) ? "" : `; the list is not known without a process manager: ${starterOf(rig)} one`;
  const faults = flow.errors + flow.dropped === 0 ? "" : "; see the log for errors: 7";
  if (flow.rate === undefined) return ["ok", "sends", `open; the rate is being measured${unlisted}`];
  if (flow.rate === 0) return ["ok", "quiet", `open, but nothing has been sent in the last second${unlisted}`];
  return ["ok", "sends", `gets ${rate(flow.rate)} datagrams a second${since}${faults}${unlisted}`];
}

function isOf(flow: TargetFlow, { name, host, port }: Target): boolean {
  return flow.name === name && flow.host === host && flow.port === port;
}
