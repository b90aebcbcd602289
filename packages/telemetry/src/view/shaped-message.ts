import type { OscAddress } from "@vj/contract";
import type { CheckedMessage } from "../encode/checked-message.ts";
import { encodeMessage } from "../encode/encode.ts";
import type { Encoded } from "../encode/encode.ts";

/** A message in one of the shapes, whose bytes are made once. */
export class ShapedMessage implements CheckedMessage {
  readonly address: string;
  readonly definition: OscAddress;
  readonly values: CheckedMessage["values"];
  #encoded: Encoded | undefined;

  constructor(address: string, definition: OscAddress, values: CheckedMessage["values"]) {
    this.address = address;
    this.definition = definition;
    this.values = values;
  }

  /** Its bytes, or why it has none. Never throws. */
  get encoded(): Encoded {
    return (this.#encoded ??= encodeMessage(this));
  }
}
