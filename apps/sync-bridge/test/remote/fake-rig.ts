import { emptyRig } from "@vj/rig";
import type { Rig, WorkerEntry } from "@vj/rig";
import { ok } from "@vj/worker";
import { z } from "zod";

/** Arguments of commands as a worker describes them. */
const schemas = {
  tap: z.object({ at: z.number().optional() }),
  nudge: z.object({ ms: z.number().min(-500).max(500) }),
  lock: z.object({ on: z.boolean(), bpm: z.number().min(60).max(180).optional() }),
  pick: z.object({ source: z.enum(["spotify", "virtualdj"]), count: z.int().min(1) }),
  list: z.object({ names: z.array(z.string().max(10)).max(3) }),
  deep: z.object({ value: z.object({ a: z.number() }) }),
  shutdown: z.object({}),
};

/** A bus with one worker that remembers what it was sent. */
export function fakeRig(reply: () => ReturnType<Rig["send"]> = async () => ok("done")): { rig: Pick<Rig, "state" | "send">; sent: { worker: string; cmd: string; args: unknown }[] } {
  const sent: { worker: string; cmd: string; args: unknown }[] = [];
  const commands = Object.fromEntries(
    Object.entries(schemas).map(([name, args]) => {

      return [name, { description: name, args: z.toJSONSchema(args, { io: "input" }) }];
    }),
  );
  const description: WorkerEntry["description"] = {
    worker: "audio_analyzer",
    version: "1.0.0",
    protocol: 1,
    description: "",
    config_schema: { type: "object", properties: { gain: { type: "number", minimum: 0, maximum: 2 }, names: { type: "array", items: { type: "string" } } } },
    commands,
    osc: {},
  };
  const entry: WorkerEntry = {
    name: "audio_analyzer",
    link: "connected",
    since: 0,
    state: undefined,
    stateAt: undefined,
    heartbeat: undefined,
    heartbeatAt: undefined,
    description,
    silentSince: undefined,
    unreadable: undefined,
    subscribed: false,
    targets: [],
  };
  return {
    sent,
    rig: {
      state: { ...emptyRig, workers: { audio_analyzer: entry, lyrics_fetcher: { ...entry, name: "lyrics_fetcher", link: "lost" } } },
      send: (worker, cmd, args) => {
        sent.push({ worker, cmd, args });
        return reply();
      },
    },
  };
}
