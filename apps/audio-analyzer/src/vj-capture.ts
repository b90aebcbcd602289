import { Socket } from "node:net";
import { parseArgs } from "node:util";
import { messageOf } from "@vj/schema";
import { packageVersion } from "@vj/files";
import type { CaptureHeader } from "./capture/capture-header.ts";
import type { DeviceInfo } from "./capture/device-info.ts";
import { findDevice } from "./capture/device-match.ts";
import { PortAudioUnavailableError, loadPortAudio } from "./capture/port-audio.ts";
import type { PortAudio } from "./capture/port-audio.ts";
import { parseMatch } from "./capture/source-spec.ts";

const sampleRate = 44_100;

/** Six seconds of stereo: if the parent reads nothing for longer, samples are dropped instead of filling the memory. */
const queuedBytes = 2 * 1024 * 1024;

/** Descriptor for the samples. PortAudio prints to the standard output, so that cannot be used. */
const samplesDescriptor = 3;

const usage = `Usage: vj-capture --list
       vj-capture --device <NAME or /REGEX/> [--api <HOST_API>]

Lists the sound inputs as JSON, or writes one of them to descriptor 3: a line of JSON, then 32-bit floats, stereo, 44100 Hz.
It ends when its standard input ends.

Example:
  vj-capture --device BlackHole 3>&1 >/dev/null | program`;

/** Exit code for an invalid command line, as in the other programs. */
const exitUsage = 64;

main().catch((error: unknown) => {
  process.stderr.write(`vj-capture: ${messageOf(error)}\n`);
  if (error instanceof PortAudioUnavailableError) {
    process.stderr.write(`  ${error.problem.fix}\n`);
    process.stdout.write(`${JSON.stringify(error.problem)}\n`);
  }
  process.exitCode = 1;
});

async function main(): Promise<void> {
  process.title = "vj capture";
  const options = readOptions();
  if (options.help === true) process.stdout.write(`${usage}\n`);
  else if (options.version === true) process.stdout.write(`${packageVersion(import.meta.url)}\n`);
  else if (options.list === true) await list();
  else if (options.device === undefined || options.device === "") refuse("give the device to capture: --device <NAME>");
  else await capture(options.device, options.api);
}

function readOptions() {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    return parseArgs({ options: { list: flag, device: text, api: text, help: { ...flag, short: "h" }, version: { ...flag, short: "V" } } }).values;
  } catch (error) {
    return refuse(messageOf(error).split(". To specify")[0] ?? "");
  }
}

function refuse(fault: string): never {
  process.stderr.write(`vj-capture: ${fault}\n(add --help for the options)\n`);
  process.exit(exitUsage);
}

async function list(): Promise<void> {
  const portAudio = await loadPortAudio();
  const devices = portAudio.inputs().map(
    ({ name, hostApi, channels, sampleRate, isDefault }): DeviceInfo => ({ name, hostApi, channels, sampleRate, isDefault }),
  );
  process.stdout.write(`${JSON.stringify(devices)}\n`);
}

async function capture(name: string, api: string | undefined): Promise<void> {
  dieWithParent();
  const out = new Socket({ fd: samplesDescriptor, writable: true, readable: false });
  out.on("error", die);
  const announce = (header: CaptureHeader): void => void out.write(`${JSON.stringify(header)}\n`);
  try {
    const portAudio = await loadPortAudio();
    const { device, channels } = select(portAudio, name, api);
    const stream = portAudio.open(device, { channels, sampleRate });
    announce({ name: device.name, hostApi: device.hostApi, channels, sampleRate });
    // An error here is an overflow, printed by the module itself; the permanent end of a stream is never reported as an
    // error.
    stream.on("end", die);
    stream.on("data", (chunk: Buffer) => {
      if (out.writableLength < queuedBytes) out.write(chunk);
    });
    stream.start();
  } catch (error) {
    announce({ error: messageOf(error) });
    out.end(die);
  }
}

/** @throws Error when there is no such input: PortAudio would silently use the default one instead */
function select(portAudio: PortAudio, name: string, api: string | undefined) {
  const inputs = portAudio.inputs();
  const device = findDevice(api === undefined ? inputs : inputs.filter(({ hostApi }) => hostApi === api), parseMatch(name));
  if (device === undefined) {
    const known = inputs.map((input) => `"${input.name}"`).join(", ");
    throw new Error(`there is no input "${name}"; ${known === "" ? "no inputs at all" : `there are ${known}`}`);
  }
  return { device, channels: Math.min(2, device.channels) };
}

/** The standard input is a pipe without data: its end means that the parent has ended, for whatever reason. */
function dieWithParent(): void {
  process.stdin.on("end", die).on("error", die).resume();
}

/** An ordinary exit waits for PortAudio, which never returns when its sound server hangs. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}
