import type { RigState } from "../rig/rig-state.ts";
import type { TelemetrySnapshot } from "../telemetry/snapshot.ts";
import type { Signs } from "../text/signs.ts";
import type { Layout } from "../text/size.ts";
import type { Line } from "../text/span.ts";

/** All displayable data at one moment. */
export interface View {
  readonly rig: RigState;
  readonly telemetry: TelemetrySnapshot;
  /** The worker that keys act on; undefined when there is none. */
  readonly worker: string | undefined;
  /** Number of rows that the view is scrolled down, or up where it shows its end. */
  readonly scroll: number;
  /** What a row must contain to be shown; empty: anything. */
  readonly filter: string;
  /** Id of the chosen row of the screen's list, by {@link listKeys}; undefined: none was chosen. */
  readonly mark: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly signs: Signs;
  readonly layout: Layout;
  /** Available cells and rows. */
  readonly width: number;
  readonly height: number;
}

/** Contents of a screen. */
export interface Drawing {
  /** Fixed rows, each at most `view.width` cells. */
  readonly top: readonly Line[];
  /** Rows below them, which scroll when they do not fit. */
  readonly list: readonly Line[];
  /** Whether the list shows its end unless it is scrolled, like a log. */
  readonly fromEnd?: boolean;
  /** Whether the list is only a part of what there is, so that its length says nothing. */
  readonly isPart?: boolean;
  /** Rows of a list that is drawn among the fixed rows, for a page up or down; left out: those of `list`. */
  readonly page?: number;
  /** Place in the list of the row that stays in sight; left out: the person scrolls. */
  readonly at?: number;
}
