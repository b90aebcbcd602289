import { hostSchema, plainHost, readPlace } from "@vj/schema";
import type { HostAndPort } from "@vj/schema";
import { CliError, exitCodes } from "../cli-error.ts";

/** Reads `host:port`, or a port alone for this machine. @throws CliError when it is neither */
export function parsePlace(text: string): HostAndPort {
  const read = readPlace(/^\d+$/.test(text) ? `127.0.0.1:${text}` : text);
  if (read.ok) return read.place;
  throw new CliError(`"${text}" is not a place: ${read.fault}`, { hint: "write host:port, or a port alone for this machine", exitCode: exitCodes.usage });
}

/** Reads the name or the address of a machine, as it is resolved. @throws CliError when it is neither */
export function parseHost(text: string): string {
  const fault = hostSchema.safeParse(text).error?.issues[0]?.message;
  if (fault === undefined) return plainHost(text);
  throw new CliError(`"${text}" is not a host: ${fault}`, { exitCode: exitCodes.usage });
}
