import { parseTargets } from "@vj/schema";
import { CliError, exitCodes } from "../cli-error.ts";

/** Reads `host:port`, or a port alone for this machine. @throws CliError when it is neither */
export function parsePlace(text: string): { host: string; port: number } {
  try {
    const [place, ...more] = parseTargets(/^\d+$/.test(text) ? `127.0.0.1:${text}` : text);
    if (place !== undefined && more.length === 0) return place;
  } catch {
    // One sentence for every form of it, below.
  }
  throw new CliError(`"${text}" is not a place`, { hint: "write host:port, or a port alone for this machine", exitCode: exitCodes.usage });
}
