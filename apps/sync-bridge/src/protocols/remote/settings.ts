import { hostSchema } from "@vj/schema";
import { z } from "zod";

const allowed = z.string().max(300).regex(/^[a-z0-9_*]+(\/[^\s/]+){1,2}$/, "must be worker/command, worker/set/setting or process_manager/target/name; * stands for one part");

/** Commands that an operator needs at hand; none of them ends anything. */
const hand = ["tap", "nudge", "double", "halve", "resync", "lock", "auto"];

/** Settings of the OSC remote. */
export const remoteSettings = {
  remote_port: z.int().min(0).max(65_535).default(0).describe("UDP port for commands by OSC, such as /vj/audio_analyzer/tap; 0: off"),
  remote_host: hostSchema.default("127.0.0.1").describe("Address of that port; 0.0.0.0 lets phones and other machines in"),
  remote_allow: z
    .array(allowed)
    .max(100)
    .default([...hand.map((command) => `audio_analyzer/${command}`), "now_playing/set/pinned_source", "process_manager/target/*"])
    .describe("What the remote may do: worker/command, worker/set/setting, process_manager/target/name; * stands for one part"),
  remote_rate: z.int().min(1).max(1000).default(60).describe("Commands per second that reach the rig at most; one sender has half of them"),
};
