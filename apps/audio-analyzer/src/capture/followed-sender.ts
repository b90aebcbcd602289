import type { Senders } from "./audio-source.ts";

/** Senders that are dropped for this long after their last message are named, ms. */
const recentMs = 3000;
/** As many others are remembered: anyone may send, from a new port each time. */
const mostOthers = 16;

/** Decides which of several senders to one port counts, so that two analyses are never mixed. Times in ms of a steady clock. */
export interface FollowedSender {
  /** Takes notice of a message. @returns whether it counts */
  counts(sender: string, now: number): boolean;
  /** undefined before the first message. */
  senders(now: number): Senders | undefined;
}

/** The first that sends is followed; another one as soon as the followed one has been silent for `silentMs`. */
export function createFollowedSender(silentMs: number): FollowedSender {
  let followed: { readonly sender: string; at: number } | undefined;
  const others = new Map<string, number>();
  return {
    counts(sender, now) {
      if (followed?.sender === sender) {
        followed.at = now;
        return true;
      }
      if (followed === undefined || now - followed.at >= silentMs) {
        followed = { sender, at: now };
        others.delete(sender);
        return true;
      }
      if (others.has(sender) || others.size < mostOthers) others.set(sender, now);
      return false;
    },
    senders(now) {
      if (followed === undefined) return undefined;
      for (const [sender, at] of others) if (now - at > recentMs) others.delete(sender);
      return { followed: followed.sender, ignored: [...others.keys()] };
    },
  };
}
