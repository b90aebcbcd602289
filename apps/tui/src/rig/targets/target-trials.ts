import { contractOsc, messageOf, placeText, resolveTarget } from "@vj/schema";
import type { OscTable } from "@vj/schema";
import type { RigState } from "../rig-state.ts";
import { starterOf } from "../starter.ts";
import type { RigStore } from "../store.ts";

/** What shows a person that a target receives. Each ends in a notice; none throws. */
export interface TargetTrials {
  /** Plays the test pattern of ten seconds to a target; once more, and it ends. */
  test(name: string): Promise<void>;
  /** Sends a target all states as they stand. */
  resend(name: string): Promise<void>;
  /** Sends one message. @param place `host:port`, as it is said */
  sendOnce(place: { readonly host: string; readonly port: number }, bytes: Uint8Array, what: string): Promise<void>;
  /** Ends a pattern that is being played. */
  stop(): void;
}

export interface TrialOptions {
  readonly store: RigStore;
  readonly busDir?: string | undefined;
}

/** Seconds of the test pattern. */
const patternSeconds = 10;

export function startTrials({ store, busDir }: TrialOptions): TargetTrials {
  let playing: AbortController | undefined;
  const say = (level: "info" | "error", text: string): void => store.dispatch({ type: "notice", level, text });
  const show = (trial: RigState["targets"]["trial"]): void => store.dispatch({ type: "targets", part: { trial } });

  /** @param act says how it went @throws Error saying what failed */
  const attempt = async (act: () => Promise<string>): Promise<void> => {
    try {
      say("info", await act());
    } catch (error) {
      say("error", messageOf(error));
    } finally {
      show(undefined);
    }
  };

  const test = (name: string): Promise<void> => attempt(async () => {
    const target = findTarget(store.get(), name);
    playing = new AbortController();
    const { signal } = playing;
    show({ name, kind: "test", address: "" });
    // Loaded now only: the first picture must not wait for it.
    const { playPattern } = await import("@vj/rig/receiver");
    const view = { ...target.view, safe: false, rate: undefined };
    const onStep = ({ as }: { as: string }): void => show({ name, kind: "test", address: as });
    const { sent, refused } = await playPattern({ table: tableOf(store.get()), target: { ...target, view }, seconds: patternSeconds, signal, onStep, busDir })
      .finally(() => (playing = undefined));
    if (refused) throw new Error(nobody(target));
    if (sent === 0) throw new Error(`nothing went out to ${name}: its host cannot be reached, or its only and not leave no address`);
    return signal.aborted ? `the test pattern to ${name} is ended` : `the test pattern was played to ${name}: ${sent} datagrams`;
  });

  return {
    test: async (name) => {
      if (store.get().targets.trial === undefined) return test(name);
      playing?.abort();
    },
    resend: async (name) => {
      if (store.get().targets.trial !== undefined) return say("error", `something is being sent to ${store.get().targets.trial?.name ?? "a target"} already`);
      await attempt(async () => {
        const target = findTarget(store.get(), name);
        show({ name, kind: "resend", address: "" });
        const { resendStates } = await import("@vj/rig/receiver");
        const { messages, datagrams, refused } = await resendStates({ table: tableOf(store.get()), target, busDir });
        if (refused) throw new Error(nobody(target));
        if (messages > 0 && datagrams === 0) throw new Error(`nothing went out to ${name}: its host cannot be reached, or its only and not leave no address`);
        return messages === 0 ? `no worker has a state to send: ${starterOf(store.get())} them` : `${messages} states and list items sent to ${name}`;
      });
    },
    sendOnce: async ({ host, port }, bytes, what) => {
      await attempt(async () => {
        const { sendMessage } = await import("@vj/rig/receiver");
        const { problem, refused } = await sendMessage({ host, port }, bytes);
        if (problem !== "") throw new Error(problem);
        if (refused) throw new Error(`${what} sent, but nobody listens at ${placeText({ host, port })}`);
        return `${what} sent to ${placeText({ host, port })}`;
      });
    },
    stop: () => playing?.abort(),
  };
}

function findTarget({ targets: { list } }: RigState, name: string): ReturnType<typeof resolveTarget> {
  const target = list?.targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`"${name}" is not in the list of the targets`);
  return resolveTarget(target);
}

/** What all workers send, as they describe it; the contract's addresses when none does. */
function tableOf({ workers }: RigState): OscTable {
  const all: OscTable = Object.assign({}, ...Object.values(workers).map(({ description }) => description?.osc ?? {}));
  return Object.keys(all).length === 0 ? contractOsc : all;
}

const nobody = ({ host, port }: { host: string; port: number }): string => `nobody listens at ${placeText({ host, port })}: start its program, and let it receive OSC on port ${port}`;
