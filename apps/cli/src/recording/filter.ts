import { messageOf, oscPattern } from "@vj/schema";
import { CliError, exitCodes } from "../cli-error.ts";
import { namesRecording, takeBack } from "../take-back.ts";

/** The recording that a command is for, and the patterns of its `--only`. @throws CliError when no recording is named */
export function fileAndOnly(given: string | undefined, patterns: readonly string[] | undefined): { file: string; only: readonly string[] | undefined } {
  const { argument: file, words: only } = takeBack(given, patterns, namesRecording);
  if (file === undefined) throw new CliError("which recording?", { hint: "name the file of one: vj replay FILE, vj export FILE", exitCode: exitCodes.usage });
  return { file, only };
}

/** Whether an address is asked for. @throws CliError for a pattern that cannot be read */
export function filterOf(patterns: readonly string[] | undefined): (address: string) => boolean {
  if (patterns === undefined) return () => true;
  const known = new Map<string, boolean>();
  const matchers = patterns.map((pattern) => {
    try {
      if (!pattern.startsWith("/") || pattern.length > 200) throw new Error(`"${pattern.slice(0, 200)}" is not an OSC pattern`);
      return oscPattern(pattern);
    } catch (error) {
      throw new CliError(messageOf(error), { hint: "it begins with /; quote it, for example '/audio/*'", exitCode: exitCodes.usage });
    }
  });
  return (address) => {
    const before = known.get(address);
    if (before !== undefined) return before;
    const fits = matchers.some((matches) => matches(address));
    if (known.size < 10_000) known.set(address, fits);
    return fits;
  };
}
