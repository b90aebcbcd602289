// A cue list for a lighting console by OSC: node cue-list.mjs [cues.json]
// It asks the rig for its telemetry, so it needs no target of its own, and runs as long as you like: a worker that was away
// is followed again when it is back. In a folder of your own it needs: npm install @vj/rig osc-min zod
import { readFileSync } from "node:fs";
import { createSocket } from "node:dgram";
import { openRig } from "@vj/rig";
import { toBuffer } from "osc-min";
import { z } from "zod";

const value = z.union([z.number(), z.string().max(200)]);
const cueList = z.strictObject({
  console: z.strictObject({ host: z.string().min(1), port: z.number().int().min(1).max(65_535) }),
  cues: z
    .array(
      z.strictObject({
        when: z.strictObject({ address: z.string().startsWith("/"), argument: z.number().int().min(0).default(0), becomes: value }),
        send: z.tuple([z.string().startsWith("/")], value),
      }),
    )
    .max(500),
});

const file = process.argv[2] ?? new URL("cues.json", import.meta.url);
const { console: desk, cues } = readCues(file);
const socket = createSocket("udp4").on("error", (error) => console.error(error.message));

/** Whether the condition of each cue held in the last message, so that a cue goes out once. */
const held = cues.map(() => false);

console.log(`${cues.length} cues for ${desk.host}:${desk.port}; waiting for the rig to send ${[...new Set(cues.map(({ when }) => when.address))].join(", ")}`);
const rig = openRig();
rig.on("problem", (problem) => console.error(problem));
rig.listen([...new Set(cues.map(({ when }) => when.address))], ({ address, args }) => {
  for (const [index, { when, send: [to, ...values] }] of cues.entries()) {
    if (when.address !== address) continue;
    const holds = args[when.argument] === when.becomes;
    if (holds && !held[index]) {
      console.log(to, ...values);
      socket.send(toBuffer({ address: to, args: values.map((one) => (typeof one === "number" ? { type: "float", value: one } : one)) }), desk.port, desk.host);
    }
    held[index] = holds;
  }
});

process.once("SIGINT", () => {
  socket.close();
  void rig.close();
});

/** @param {string | URL} from @returns the cue list; ends the program where the file has a fault, and names it */
function readCues(from) {
  try {
    return cueList.parse(JSON.parse(readFileSync(from, "utf8")));
  } catch (error) {
    console.error(`${from}: ${error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
