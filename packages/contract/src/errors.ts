import { CodedError } from "./coded-error.ts";

/**
 * What was invalid: `address` the declaration of an OSC address · `pattern` a pattern of addresses · `targets` a list of targets.
 */
export type ContractErrorCode = "address" | "pattern" | "targets";

/** A text or a table that breaks the contract; the message names the part at fault and, where it helps, the right form. */
export class ContractError extends CodedError<ContractErrorCode> {
  override readonly name: string = "ContractError";
}
