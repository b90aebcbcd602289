import { existsSync, lstatSync, statSync } from "node:fs";
import { link, rename, rm } from "node:fs/promises";
import path from "node:path";
import { systemErrorCode } from "@vj/files";
import { RecordingError, createReplacement, removeLeftovers } from "@vj/recording";
import type { ByteSink, PartFileOptions } from "@vj/recording";
import { messageOf } from "@vj/schema";
import { CliError, exitCodes } from "./cli-error.ts";

/** A file of a command, which appears in its place once it is whole. */
export interface NewFile extends ByteSink {
  /** The content is complete: the file appears. @throws CliError when it cannot be written, or something else has taken its place meanwhile */
  commit(): Promise<void>;
  /** The work failed: nothing is left of it. */
  discard(): Promise<void>;
}

/**
 * Refuses a place where something is, also a link that leads nowhere: it may be the input of the same command. A name that no file can have is
 * refused, too.
 * @param elsewhere how to give another place, such as `another name with --out`
 * @throws CliError
 */
export function refuseTaken(file: string, elsewhere: string): void {
  if (file === "") throw new CliError("a file needs a name, and this one is empty", { hint: `give ${elsewhere}`, exitCode: exitCodes.usage });
  if (endsInSeparator(file)) throw new CliError(`${file} names a folder, not a file`, { hint: `add the name of a file, or give ${elsewhere}`, exitCode: exitCodes.usage });
  const entry = lstatSync(file, { throwIfNoEntry: false });
  if (entry?.isDirectory() === true) throw new CliError(`${file} is a folder`, { hint: `add the name of a file in it, or give ${elsewhere}` });
  if (entry !== undefined) throw taken(file, elsewhere);
}

const endsInSeparator = (file: string): boolean => file.endsWith("/") || file.endsWith(path.sep);

const taken = (file: string, elsewhere: string): CliError => new CliError(`${file} is there already`, { hint: `nothing is overwritten: give ${elsewhere}, or move it away` });

/**
 * Begins a file, to be called before the work: what keeps it from being written is found then. Removes what commands that were killed left in
 * its folder. See {@link refuseTaken} for `elsewhere`.
 * @throws CliError when something is in its place, or it cannot be written; so does `append`
 */
export async function openNewFile(file: string, elsewhere: string, options: PartFileOptions = {}): Promise<NewFile> {
  const { temporary, part } = await orExplain(() => begin(file, elsewhere, options), file, elsewhere);
  return {
    append: (bytes) => orExplain(() => part.append(bytes), file, elsewhere),
    commit: () =>
      orExplain(async () => {
        await part.close();
        await putInPlace(temporary, file, elsewhere);
      }, file, elsewhere),
    async discard() {
      await part.close().catch(() => {});
      await rm(temporary, { force: true });
    },
  };
}

/**
 * Writes a file at once, at the end of long work. What can be known before the work is found by {@link checkNewFile}. See {@link refuseTaken} for `elsewhere`.
 * @throws CliError when something is in its place, or it cannot be written: nothing is left of it then
 */
export async function writeNewFile(file: string, content: Uint8Array, elsewhere: string, options: PartFileOptions = {}): Promise<void> {
  const opened = await openNewFile(file, elsewhere, options);
  try {
    await opened.append(content);
    await opened.commit();
  } catch (error) {
    await opened.discard();
    throw error;
  }
}

/** Finds out whether a file can be written there, and leaves nothing. See {@link refuseTaken} for `elsewhere`. @throws CliError as {@link openNewFile} does */
export async function checkNewFile(file: string, elsewhere: string): Promise<void> {
  const opened = await openNewFile(file, elsewhere);
  await opened.discard();
}

async function begin(file: string, elsewhere: string, options: PartFileOptions): ReturnType<typeof createReplacement> {
  refuseTaken(file, elsewhere);
  await removeLeftovers(path.dirname(file));
  return createReplacement(file, options);
}

/** A link does not replace what came meanwhile; file systems without links have the check alone. */
async function putInPlace(temporary: string, file: string, elsewhere: string): Promise<void> {
  try {
    await link(temporary, file);
    await rm(temporary);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") {
      await rm(temporary, { force: true });
      throw taken(file, elsewhere);
    }
    refuseTaken(file, elsewhere);
    if (isFolder(path.dirname(file)) && !existsSync(temporary)) throw new CliError(`cannot write ${file}: its unfinished file was removed from ${path.dirname(file)}`, { hint: "try again", cause: error });
    await rename(temporary, file);
  }
}

async function orExplain<T>(write: () => Promise<T>, file: string, elsewhere: string): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw error instanceof CliError ? error : cannotWrite(file, elsewhere, error);
  }
}

/** What each error of the system means for a file, and the first half of the advice. */
const faults: Readonly<Record<string, (folder: string) => readonly [fault: string, advice: string]>> = {
  ENOSPC: (folder) => [`the disk of ${folder} is full`, "make room"],
  EDQUOT: (folder) => [`your share of the disk of ${folder} is used up`, "make room"],
  EFBIG: () => ["it is larger than a file may be there", "raise the limit (ulimit -f)"],
  EACCES: (folder) => [`you may not write in ${folder}`, "change its permissions"],
  EPERM: (folder) => [`you may not write in ${folder}`, "change its permissions"],
  EROFS: (folder) => [`the disk of ${folder} is read-only`, "make it writable"],
  ENAMETOOLONG: () => ["the name is too long for this system", ""],
};

function cannotWrite(file: string, elsewhere: string, error: unknown): CliError {
  const code = systemErrorCode(error) ?? "";
  const folder = path.dirname(file);
  const place = folder === "." ? "this folder" : folder;
  const but = (fault: string, advice = ""): CliError => new CliError(fault, { hint: `${advice === "" ? "" : `${advice}, or `}give ${elsewhere}`, cause: error });
  if (code === "ENOENT" && !isFolder(folder)) return but(`cannot write ${file}: the folder ${folder} does not exist`, "make it");
  // Folders of the system such as /proc say so.
  if (code === "ENOENT") return but(`cannot write ${file}: no file can be made in ${place}`);
  if (code === "ENOTDIR") return but(`cannot write ${file}: ${folder} is not a folder`);
  if (error instanceof RecordingError && error.code === "in_use") return but(`cannot write ${file}: another command is writing it`, "wait until it is done");
  const [fault, advice] = faults[code]?.(place) ?? [messageOf(error), ""];
  return but(`cannot write ${file}: ${fault}`, advice);
}

const isFolder = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
