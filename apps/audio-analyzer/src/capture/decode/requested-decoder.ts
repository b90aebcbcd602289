import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { systemErrorCode } from "@vj/control";
import { ownFolders } from "@vj/files";
import { z } from "zod";
import { UnreadableError } from "./pcm.ts";
import type { Codec } from "./pcm.ts";

/** The decoders that a person installs by one command: they are under the GPL, so that our packages do not bring them. */
export const requestedPackages = ["@audio/decode-aac@1", "@audio/decode-mp4@1"] as const;

/** The file needs a decoder that is installed on request only. The message completes "<path> ...". */
export class MissingDecoderError extends UnreadableError {}

/** Where the command of the message installs them: it works however our package was installed, also by npx and into folders that cannot be written. */
function decodersFolder(): string {
  return path.join(ownFolders().dataDir, "decoders");
}

const decoderModule = z.object({ decoder: z.custom<() => Promise<Codec>>((value) => typeof value === "function") });

/**
 * Opens a codec of a package that may be installed beside ours, or in the folder for decoders.
 * @param load imports it from beside ours
 * @param format what it decodes, for the message @param folder for decoders
 * @throws MissingDecoderError with the command that installs it, where it is in neither place
 */
export async function openRequested(name: string, load: () => Promise<unknown>, format: string, folder = decodersFolder()): Promise<Codec> {
  const { decoder } = decoderModule.parse(await find());
  return decoder();

  async function find(): Promise<unknown> {
    try {
      return await load();
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    try {
      return await import(pathToFileURL(createRequire(path.join(folder, "package.json")).resolve(name)).href);
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw new MissingDecoderError(`is ${format}, whose decoder has another licence (GPL) and is installed on request: install ffmpeg, which is then used, or run ${installCommand(folder)}`, { cause: error });
    }
  }
}

function installCommand(folder: string): string {
  return `npm install --prefix "${folder}" ${requestedPackages.join(" ")}`;
}

function isMissing(error: unknown): boolean {
  return ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes(systemErrorCode(error) ?? "");
}
