import type { RigState } from "../rig/rig-state.ts";
import type { TelemetrySnapshot } from "../telemetry/snapshot.ts";
import type { Signs } from "../text/signs.ts";
import type { Layout } from "../text/size.ts";
import type { Line } from "../text/span.ts";
import type { KeyBinding } from "../ui/keys.ts";
import type { UiState } from "../ui/ui-state.ts";

/** Everything that a screen may show, as it was at one moment. */
export interface View {
  readonly rig: RigState;
  readonly telemetry: TelemetrySnapshot;
  readonly ui: UiState;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly signs: Signs;
  readonly layout: Layout;
  /** Cells and rows that the screen has for itself. */
  readonly width: number;
  readonly height: number;
}

/**
 * What is listened to on screens that show nothing else. Sound sends hundreds of messages a second, and each costs a little
 * even when nobody looks at it.
 */
export const usualAddresses = ["/audio/levels", "/audio/beat", "/audio/bpm", "/karaoke/*"] as const;

/** What a screen shows. */
export interface Drawing {
  /** Rows that stay where they are, each at most `view.width` cells. */
  readonly top: readonly Line[];
  /** Rows below them that scroll when they do not fit. */
  readonly list: readonly Line[];
  /** Whether the list shows its end unless it is scrolled, as a log does. */
  readonly fromEnd?: boolean;
}

/** One screen. To add one, write its file and name it in `index.ts`. */
export interface Screen {
  readonly id: string;
  /** The key that shows it. */
  readonly digit: string;
  readonly title: string;
  /** Its own keys, besides those of every screen; they may depend on what it shows. */
  keys(ui: UiState): readonly KeyBinding[];
  draw(view: View): Drawing;
  /** Addresses it shows, exact or as prefixes that end in `*`; left out: {@link usualAddresses}; undefined: all. */
  listens?(ui: UiState): readonly string[] | undefined;
}
