import path from "node:path";
import { systemErrorCode } from "@vj/files";
import { RecordingError, completeRecording, openRecording } from "@vj/recording";
import type { Recording } from "@vj/recording";
import { messageOf } from "@vj/schema";
import { CliError } from "../cli-error.ts";
import { printError } from "../output.ts";
import { shellWord } from "../shell-word.ts";

/** Opens a recording for reading; one that was cut is completed first, where that can be done. @throws CliError that names the fault */
export async function openFile(file: string, signal: AbortSignal): Promise<Recording> {
  try {
    const fault = await complete(file, signal);
    const recording = await openRecording(file, { signal });
    if (fault !== undefined) printError(`${file} is read as it is, up to what is whole: ${messageOf(fault)}`);
    return recording;
  } catch (error) {
    if (signal.aborted) throw new CliError("stopped", { exitCode: 130 });
    if (error instanceof RecordingError) throw cannotRead(file, error);
    if (systemErrorCode(error) === "ENOENT") throw new CliError(`${file} does not exist`, { hint: "name a recording: a file that vj record or the recorder wrote" });
    throw new CliError(messageOf(error), { hint: "name a recording: a file that vj record or the recorder wrote", cause: error });
  }
}

/**
 * The fault of a recording, with the file and what helps.
 * @param file several are named by the first
 */
export function cannotRead(file: string, fault: RecordingError): CliError {
  const hint = fault.code === "unsupported" ? `mcap compress --compression zstd ${shellWord(file)} -o ${shellWord(rewritten(file))}` : "record one with: vj record show.mcap";
  return new CliError(`${file} cannot be read: ${fault.message}`, { hint, cause: fault });
}

function rewritten(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}-zstd${ext}`);
}

/** @returns why it was not completed, where it can be read all the same */
async function complete(file: string, signal: AbortSignal): Promise<unknown> {
  let said = false;
  try {
    const { wasCut, kept } = await completeRecording(file, {
      signal,
      onProgress: (done) => {
        if (!said && done > 0) printError(`${file} was cut; completing it …`);
        said = true;
      },
    });
    if (wasCut) printError(`${file} is complete now${kept === undefined ? "" : `, without what is damaged; as it was: ${kept}`}`);
    return undefined;
  } catch (error) {
    if (signal.aborted || systemErrorCode(error) === "ENOENT") throw error;
    if (error instanceof RecordingError && error.code !== "in_use") throw error;
    return error;
  }
}
