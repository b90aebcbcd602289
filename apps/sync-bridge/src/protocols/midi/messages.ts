/** MIDI messages as lists of bytes. */
export const realtime = { clock: 0xf8, start: 0xfa, continue: 0xfb, stop: 0xfc } as const;

/** Clocks of a beat. */
export const clocksPerBeat = 24;

/** Clocks of a sixteenth, the unit of the song position. */
export const clocksPerSixteenth = 6;

/** Sixteenths that a song position can count: 1024 bars of four; it begins again after them. */
export const songSixteenths = 16_384;

const songPositionStatus = 0xf2;

/** A jump to a place of the song. @param sixteenth 0 to 16383 */
export function songPosition(sixteenth: number): readonly number[] {
  return [songPositionStatus, sixteenth & 0x7f, (sixteenth >> 7) & 0x7f];
}

/** The place that a song position message names, in sixteenths; undefined for any other message. */
export function readSongPosition([status, low = 0, high = 0]: readonly number[]): number | undefined {
  return status === songPositionStatus ? (low & 0x7f) | ((high & 0x7f) << 7) : undefined;
}

/** How a beat, bar or drop is sent besides the clock. */
export type NoteKind = "off" | "notes" | "cc";

/**
 * A note or a controller, pressed (full value) or released (0).
 * @param channel 1 to 16. @param number note or controller, 0 to 127
 */
export function press(kind: Exclude<NoteKind, "off">, channel: number, number: number, isPressed: boolean): readonly number[] {
  const status = kind === "cc" ? 0xb0 : isPressed ? 0x90 : 0x80;
  return [status | (channel - 1), number, isPressed ? 127 : 0];
}
