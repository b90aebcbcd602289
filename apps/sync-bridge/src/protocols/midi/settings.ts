import { z } from "zod";
import { modes } from "../modes.ts";

const note = z.int().min(0).max(127);

/** Settings of MIDI. */
export const midiSettings = {
  midi: z.enum(modes).default("off").describe("MIDI clock: off, send the rig's tempo, follow another program's, or both"),
  midi_out: z.string().max(200).default("").describe("Port that gets the clock: its name or a part of it; empty: a port of our own named vj-bus"),
  midi_in: z.string().max(200).default("").describe("Port whose clock is followed: its name or a part of it; empty: a port of our own named vj-bus"),
  midi_offset_ms: z.number().min(-500).max(500).default(0).describe("Clocks and notes go out so many milliseconds later, negative: earlier"),
  midi_notes: z.enum(["off", "notes", "cc"]).default("off").describe("Sends beats, bars and drops besides the clock, as notes or as controllers (127, then 0)"),
  midi_channel: z.int().min(1).max(16).default(1).describe("Channel of these notes or controllers"),
  midi_beat: note.default(36).describe("Note or controller number of a beat"),
  midi_bar: note.default(37).describe("Note or controller number of a bar's first beat"),
  midi_drop: note.default(38).describe("Note or controller number of a drop"),
};
