import type { audioOsc } from "@vj/schema";
import type { Telemetry } from "@vj/telemetry";
import { isOn } from "./switches.ts";
import type { PublishSettings } from "./switches.ts";

/** The states that settings switch off, with the values that stand for "not known". */
const unknown = { "/audio/phrase": [0, 0, 0], "/audio/section": ["silence", 0] } as const;
const addresses = ["/audio/phrase", "/audio/section"] as const;

/** An address of a state that settings switch off. */
export type SwitchedState = (typeof addresses)[number];

/** Whether an address is one of a state that settings switch off. */
export function isSwitchedState(address: keyof typeof audioOsc): address is SwitchedState {
  return Object.hasOwn(unknown, address);
}

/** States of the analysis that nobody may keep when they are no longer true: telemetry repeats the last message of a state. */
export interface SwitchedStates {
  isOn(address: SwitchedState): boolean;
  /** Receivers have a value of this state. */
  isSent(address: SwitchedState): boolean;
  send: Telemetry<Pick<typeof audioOsc, SwitchedState>>["send"];
  /** Call it after a change of settings: what is switched off becomes unknown. */
  look(): void;
  /** All of them become unknown: sent once as such, and repeated no longer. */
  end(): void;
}

export function createSwitchedStates(telemetry: Pick<Telemetry<typeof audioOsc>, "send" | "forget">, settings: () => PublishSettings): SwitchedStates {
  const sent = new Set<SwitchedState>();
  const isOnNow = (address: SwitchedState): boolean => isOn(address, settings());
  const withdraw = (address: SwitchedState): void => {
    if (!sent.delete(address)) return;
    telemetry.send(address, unknown[address]);
    telemetry.forget(address);
  };
  return {
    isOn: isOnNow,
    isSent: (address) => sent.has(address),
    send(address, values) {
      sent.add(address);
      telemetry.send(address, values);
    },
    look() {
      for (const address of addresses) if (!isOnNow(address)) withdraw(address);
    },
    end() {
      for (const address of addresses) withdraw(address);
    },
  };
}
