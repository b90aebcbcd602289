import { createListeners } from "@vj/schema";
import { tempDir } from "@vj/test-kit";
import { createLogger } from "@vj/worker";
import type { Rig } from "@vj/rig";
import { onTestFinished } from "vitest";
import { syncConfig } from "../src/config.ts";
import type { SyncConfig } from "../src/config.ts";
import type { ProposedTempo, ProtocolContext } from "../src/protocols/protocol.ts";
import type { RigTempoEvents } from "../src/rig-tempo/rig-tempo-out.ts";
import type { RigTempo } from "../src/tempo.ts";
import { fakeRig } from "./remote/fake-rig.ts";

/** What a protocol is given in a test, and what it did with it. */
export interface FakeContext {
  readonly context: ProtocolContext;
  readonly sent: ReturnType<typeof fakeRig>["sent"];
  readonly proposed: (ProposedTempo | undefined)[];
  /** Another tempo of the rig. */
  setTempo(tempo: RigTempo | undefined): void;
  jump(...reason: RigTempoEvents["jump"]): void;
}

/** @param reply answers commands */
export function fakeContext(settings: Partial<SyncConfig>, reply?: Parameters<typeof fakeRig>[0]): FakeContext {
  const dir = tempDir();
  const logger = createLogger({ source: "sync_bridge", level: "info", busDir: dir.path });
  onTestFinished(async () => {
    await logger.close();
    await dir[Symbol.asyncDispose]();
  });
  const { on, emit } = createListeners<RigTempoEvents>();
  const { rig, sent } = fakeRig(reply);
  const unused = (): never => {
    throw new Error("a protocol does not use this");
  };
  const whole: Rig = { ...rig, on: () => unused, listen: unused, tap: unused, close: async () => {}, [Symbol.asyncDispose]: async () => {} };
  const proposed: (ProposedTempo | undefined)[] = [];
  let current: RigTempo | undefined;
  return {
    sent,
    proposed,
    setTempo: (tempo) => {
      current = tempo;
      emit("tempo", tempo);
    },
    jump: (reason) => emit("jump", reason),
    context: {
      config: syncConfig.parse(settings),
      rigTempo: {
        get current() {
          return current;
        },
        on,
      },
      propose: (tempo) => void proposed.push(tempo),
      isFollowed: false,
      hasOwnTempo: false,
      rig: whole,
      log: logger.log,
    },
  };
}
