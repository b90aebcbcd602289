/**
 * An error with a code: the message is for people, the code for programs. Each package has one class of them, which sets `name`.
 * @example
 * class LampError extends CodedError<"broken" | "missing"> {
 *   override readonly name: string = "LampError";
 * }
 */
export abstract class CodedError<C extends string> extends Error {
  readonly code: C;

  constructor(code: C, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
