import { Socket } from "node:net";
import { constants, setPriority } from "node:os";
import { createInterface } from "node:readline";
import { messageOf, parseJson, shorten } from "@vj/schema";
import { packageVersion } from "@vj/files";
import { childOptionsSchema, toChildSchema } from "./protocols/midi/child-messages.ts";
import type { FromChild } from "./protocols/midi/child-messages.ts";
import { NoMidiError, loadMidi } from "./protocols/midi/child/library.ts";
import { MidiChild } from "./protocols/midi/child/midi-child.ts";

/** Descriptor of our reports. The native library prints to the others. */
const reportsDescriptor = 3;

/** Reports that the parent does not read are dropped beyond this, bytes. */
const queuedBytes = 65_536;

const usage = `Usage: vj-midi <OPTIONS as JSON>

The MIDI ports of sync_bridge, in a process of their own: reads lines of JSON, and writes lines of JSON to descriptor 3.
It ends when its standard input ends.

Example:
  echo '{"line":{"bpm":120,"beat":0,"atUs":0,"metre":4}}' | vj-midi '{"out":"","notes":"off","channel":1,"beat":36,"bar":37,"drop":38}' 3>&1`;

/** Exit code for an invalid command line, as in the other programs. */
const exitUsage = 64;

const [given = "--help"] = process.argv.slice(2);
if (given === "--help" || given === "-h") process.stdout.write(`${usage}\n`);
else if (given === "--version" || given === "-V") process.stdout.write(`${packageVersion(import.meta.url)}\n`);
else await run(given);

async function run(json: string): Promise<void> {
  process.title = "vj midi";
  const options = childOptionsSchema.safeParse(parseJson(json));
  if (!options.success) {
    const fault = json.startsWith("-") ? `unknown option ${shorten(json, 40)}` : `${shorten(json, 40)} is not a JSON object of options`;
    process.stderr.write(`vj-midi: ${fault}\n(add --help for an example)\n`);
    process.exit(exitUsage);
  }
  raisePriority();
  const out = new Socket({ fd: reportsDescriptor, writable: true, readable: false });
  out.on("error", die);
  const report = (message: FromChild): void => {
    if (out.writableLength < queuedBytes) out.write(`${JSON.stringify(message)}\n`);
  };
  // Read at once, so that the end of the parent is noticed even while the native module hangs in its loading.
  const early: string[] = [];
  let take = (line: string): void => void early.push(line);
  let stop = (): void => {};
  process.stdin.on("error", die);
  createInterface({ input: process.stdin })
    .on("line", (line) => take(line))
    .on("close", () => {
      stop();
      die();
    });
  try {
    const child = new MidiChild(await loadMidi(process.env["VJ_MIDI_LIBRARY"]), options.data, report);
    stop = () => child.stop();
    take = (line) => {
      const message = toChildSchema.safeParse(parseJson(line));
      if (message.success) child.take(message.data);
    };
    for (const line of early.splice(0)) take(line);
  } catch (error) {
    const todo = error instanceof NoMidiError ? error.todo : "restart the sound system, or install again";
    out.end(`${JSON.stringify({ fault: messageOf(error), todo } satisfies FromChild)}\n`, die);
  }
}

/** Only some users may do this. Without it the clock is uneven on a busy machine. */
function raisePriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST);
  } catch {
    // Not allowed.
  }
}

/** An ordinary exit waits for native threads. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}
