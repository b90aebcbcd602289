import type { RigEvent, RigState, Sent } from "./rig-state.ts";

/** How much of the past is kept. */
const kept = { notices: 50, logs: 2000 } as const;

/**
 * What is known after an event. Pure.
 * @param now epoch milliseconds
 */
export function reduce(rig: RigState, event: RigEvent, now: number): RigState {
  switch (event.type) {
    case "bus":
      return { ...rig, ...event.state };
    case "pending":
      return { ...rig, pending: withPending(rig.pending, event.name, event.verb) };
    case "waiting": {
      const { [event.name]: before, ...others } = rig.waiting;
      return { ...rig, waiting: event.changes === undefined ? others : { ...others, [event.name]: { ...before, ...event.changes } } };
    }
    case "sent":
      return { ...rig, sent: { ...rig.sent, [event.sent.wish.worker]: { ...event.sent, at: now } }, replies: withReply(rig.replies, event.sent, now) };
    case "kept":
      return { ...rig, kept: { ...rig.kept, [event.name]: event.settings } };
    case "targets":
      return { ...rig, targets: { ...rig.targets, ...event.part } };
    case "seen":
      return { ...rig, seen: event.seen };
    case "notice":
      return { ...rig, notices: [...rig.notices, { at: now, level: event.level, text: event.text }].slice(-kept.notices) };
    case "logs":
      return { ...rig, logs: [...rig.logs, ...event.entries].slice(-kept.logs) };
  }
}

function withReply(replies: RigState["replies"], { wish: { worker, cmd }, phase, data }: Omit<Sent, "at">, now: number): RigState["replies"] {
  return phase === "accepted" && data !== null ? { ...replies, [worker]: { ...replies[worker], [cmd]: { data, at: now } } } : replies;
}

function withPending(pending: RigState["pending"], name: string, verb: RigState["pending"][string] | undefined): RigState["pending"] {
  const { [name]: _before, ...others } = pending;
  return verb === undefined ? others : { ...others, [name]: verb };
}
