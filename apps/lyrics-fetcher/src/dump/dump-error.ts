import { CodedError } from "@vj/schema";

/** `unreadable`: the file is not there or not a dump of LRCLIB; `busy`: another import runs; `no_library`: nothing here reads SQLite. */
export type DumpErrorCode = "unreadable" | "busy" | "no_library";

/** A dump that cannot be used; the message gives the fault and the next step. */
export class DumpError extends CodedError<DumpErrorCode> {
  override readonly name: string = "DumpError";
}
