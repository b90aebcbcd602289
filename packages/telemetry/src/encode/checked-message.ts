import type { OscAddress } from "@vj/contract";

/** One message with checked values: in the order of its table entry, within range, not shared with the caller. */
export interface CheckedMessage {
  readonly address: string;
  readonly definition: OscAddress;
  readonly values: readonly (number | string)[];
}
