import type { TargetShape } from "./target-presets.ts";

/** What stands between the sender and a receiver. Every field has its value: of the target, else of its preset, else the default. */
export interface TargetView {
  readonly shape: TargetShape;
  readonly prefix: string;
  readonly rename: readonly { readonly from: string; readonly to: string }[];
  readonly only: readonly string[] | undefined;
  readonly not: readonly string[];
  readonly rate: number | undefined;
  readonly on_change: boolean;
  readonly text: "utf8" | "ascii";
  readonly safe: boolean;
  /** All messages of one turn of the event loop in as few datagrams as hold them; left out: as the shape has it. */
  readonly bundled?: boolean | undefined;
}

/** Everything, as the table has it. */
export const plainTargetView: TargetView = {
  shape: "packed",
  prefix: "",
  rename: [],
  only: undefined,
  not: [],
  rate: undefined,
  on_change: false,
  text: "utf8",
  safe: false,
};
