import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { messageOf } from "@vj/schema";
import { z } from "zod";

/** What is used of `@julusian/midi`: one object of each kind for the whole process, as each one takes a client of the sequencer. */
export interface MidiPorts {
  getPortCount(): number;
  getPortName(port: number): string;
  openPort(port: number): void;
  openVirtualPort(name: string): void;
  closePort(): void;
}
export interface MidiOutput extends MidiPorts {
  sendMessage(message: readonly number[]): void;
}
export interface MidiInput extends MidiPorts {
  on(event: "message", listener: (deltaSec: number, message: readonly number[]) => void): unknown;
  ignoreTypes(sysex: boolean, timing: boolean, sensing: boolean): void;
}
export interface MidiLibrary {
  readonly Input: new () => MidiInput;
  readonly Output: new () => MidiOutput;
}

/** MIDI cannot be used on this machine. */
export class NoMidiError extends Error {
  override readonly name = "NoMidiError";
  /** The next step for a person. */
  readonly todo: string;

  constructor(message: string, todo: string, cause?: unknown) {
    super(message, { cause });
    this.todo = todo;
  }
}

const sequencer = "/dev/snd/seq";

/**
 * Loads the native module; only ever in this process, because it can crash or hang its process.
 * @param other path of a module in its place, for tests @throws NoMidiError
 */
export async function loadMidi(other?: string): Promise<MidiLibrary> {
  if (other !== undefined && other !== "") return asLibrary(await import(pathToFileURL(other).href));
  if (process.platform === "linux" && !existsSync(sequencer)) {
    throw new NoMidiError(`this machine has no MIDI sequencer (${sequencer})`, "load it: sudo modprobe snd-seq; a container needs --device /dev/snd");
  }
  try {
    // CommonJS: `import` would find only some of its names.
    const load: (name: string) => unknown = createRequire(import.meta.url);
    return asLibrary(load("@julusian/midi"));
  } catch (error) {
    throw new NoMidiError(`the MIDI module cannot be loaded: ${messageOf(error).split("\n")[0] ?? ""}`, "install again with optional dependencies: npm install --include=optional", error);
  }
}

const constructors = z.object({ Input: z.custom<MidiLibrary["Input"]>(isFunction), Output: z.custom<MidiLibrary["Output"]>(isFunction) });

function asLibrary(loaded: unknown): MidiLibrary {
  return constructors.parse(loaded);
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}
