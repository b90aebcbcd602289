/**
 * Why a file cannot be used: `kind` something other than a plain file is in its place · `unsafe` another user owns it, or could change or replace
 * it · `too_long` it has more bytes than are allowed · `not_text` its bytes are not text in UTF-8 · `not_json` its text is not JSON · `content` its content has another form · `unreadable` and `unwritable` another fault, which
 * `cause` has · `no_package` a module belongs to no package with a version.
 */
export type FileErrorCode = "kind" | "unsafe" | "too_long" | "not_text" | "not_json" | "content" | "unreadable" | "unwritable" | "no_package";

/** A file that cannot be used; the message names it, the fault and the next step. Errors of the system come as they are. */
export class FileError extends Error {
  readonly code: FileErrorCode;

  constructor(code: FileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "FileError";
    this.code = code;
  }
}
