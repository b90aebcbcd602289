import type { OscReading, audioOsc } from "@vj/schema";
import type { Telemetry } from "@vj/telemetry";
import { isSwitchedState } from "./switched-states.ts";
import type { SwitchedState, SwitchedStates } from "./switched-states.ts";
import { isOn } from "./switches.ts";
import type { PublishSettings } from "./switches.ts";

type Analysis = OscReading<typeof audioOsc>;
type Address = Analysis["address"];

/** Messages of one address: as many a second as an analyzer sends frames, and so many at once, because they arrive in bursts. */
const mostPerSecond = 60;
const mostAtOnce = 6;

/** Passes on the messages of another analyzer as our own. Times in milliseconds of a steady clock. */
export interface Relay {
  take(message: Analysis, now: number): void;
  /** Sends what is due of what came too fast; call it with every frame. */
  flush(now: number): void;
  /** Call it after a change of settings: sends the states that are switched on again. */
  look(): void;
  /** Forgets the other analyzer. */
  end(): void;
}

/**
 * Leaves out the addresses that are switched off. What comes too fast waits, and the newest message replaces the one that waits, with
 * its beat and its hits: two analyzers that receive from each other would send ever more messages.
 */
export function createRelay(telemetry: Pick<Telemetry<typeof audioOsc>, "send">, states: Omit<SwitchedStates, "end">, settings: () => PublishSettings): Relay {
  const budgets = new Map<Address, { left: number; at: number }>();
  const waiting = new Map<Address, Analysis>();
  const latest = new Map<SwitchedState, Analysis>();

  /** Takes one message off the budget of an address. @returns false when nothing is left of it */
  const spend = (address: Address, now: number): boolean => {
    const budget = budgets.get(address) ?? { left: mostAtOnce, at: now };
    budgets.set(address, budget);
    budget.left = Math.min(mostAtOnce, budget.left + ((now - budget.at) * mostPerSecond) / 1000);
    budget.at = now;
    if (budget.left < 1) return false;
    budget.left -= 1;
    return true;
  };

  const send = ({ address, args }: Analysis): void => {
    // Each is of the table's own types: it was read with it.
    const to: Pick<Telemetry, "send"> = isSwitchedState(address) ? states : telemetry;
    to.send(address, args);
  };

  const takeDue = (address: Address, message: Analysis, now: number): void => {
    if (spend(address, now)) {
      waiting.delete(address);
      send(message);
    } else waiting.set(address, message);
  };

  return {
    take(message, now) {
      const { address } = message;
      if (isSwitchedState(address)) latest.set(address, message);
      if (!isOn(address, settings())) return;
      const before = waiting.get(address);
      takeDue(address, before === undefined ? message : merged(before, message), now);
    },
    flush(now) {
      for (const [address, message] of waiting) {
        if (isOn(address, settings())) takeDue(address, message, now);
        else waiting.delete(address);
      }
    },
    look() {
      for (const [address, message] of latest) if (states.isOn(address) && !states.isSent(address)) send(message);
    },
    end() {
      waiting.clear();
      latest.clear();
    },
  };
}

/** The newer of two messages of one address, with the beat or the hits of both. */
function merged(before: Analysis, message: Analysis): Analysis {
  if (before.address === "/audio/beat" && message.address === "/audio/beat") {
    return { ...message, args: { ...message.args, beat: Math.max(before.args.beat, message.args.beat) } };
  }
  if (before.address === "/audio/onset" && message.address === "/audio/onset") {
    const [a, b] = [before.args, message.args];
    return { ...message, args: { kick: Math.max(a.kick, b.kick), snare: Math.max(a.snare, b.snare), hat: Math.max(a.hat, b.hat) } };
  }
  return message;
}
