import { systemErrorCode } from "@vj/files";
import { RecordingError, completeRecording, openRecording } from "@vj/recording";
import type { Recording } from "@vj/recording";
import { messageOf } from "@vj/schema";
import { CliError } from "../cli-error.ts";
import { printError } from "../output.ts";

/** Opens a recording for reading; one that was cut is completed first, where that can be done. @throws CliError that names the fault */
export async function openFile(file: string, signal: AbortSignal): Promise<Recording> {
  try {
    const fault = await complete(file, signal);
    const recording = await openRecording(file, { signal });
    if (fault !== undefined) printError(`${file} is read as it is, up to what is whole: ${messageOf(fault)}`);
    return recording;
  } catch (error) {
    if (signal.aborted) throw new CliError("stopped", { exitCode: 130 });
    if (error instanceof RecordingError) throw new CliError(`${file} cannot be read: ${error.message}`, { hint: "record one with: vj record show.mcap", cause: error });
    if (systemErrorCode(error) === "ENOENT") throw new CliError(`${file} does not exist`, { hint: "name a recording: a file that vj record or the recorder wrote" });
    throw new CliError(messageOf(error), { hint: "name a recording: a file that vj record or the recorder wrote", cause: error });
  }
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
