import { lstatSync } from "node:fs";
import { link, rename, rm } from "node:fs/promises";
import path from "node:path";
import { systemErrorCode } from "@vj/files";
import { createReplacement } from "@vj/recording";
import type { ByteSink } from "@vj/recording";
import { messageOf } from "@vj/schema";
import { CliError } from "./cli-error.ts";

/** A file of a command, which appears in its place once it is whole. */
export interface NewFile extends ByteSink {
  /** The content is complete: the file appears. @throws CliError when something else has taken its place meanwhile */
  commit(): Promise<void>;
  /** The work failed: nothing is left of it. */
  discard(): Promise<void>;
}

/**
 * Refuses a place where something is, also a link that leads nowhere: it may be the input of the same command.
 * @param elsewhere how to give another place, such as `another name with --out`
 * @throws CliError
 */
export function refuseTaken(file: string, elsewhere: string): void {
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) throw taken(file, elsewhere);
}

const taken = (file: string, elsewhere: string): CliError => new CliError(`${file} is there already`, { hint: `nothing is overwritten: give ${elsewhere}, or move it away` });

/**
 * Begins a file, to be called before the work: what keeps it from being written is found then. See {@link refuseTaken} for `elsewhere`.
 * @throws CliError when something is in its place, or it cannot be written
 */
export async function openNewFile(file: string, elsewhere: string): Promise<NewFile> {
  const { temporary, part } = await begin(file, elsewhere);
  return {
    append: part.append,
    async commit() {
      await part.close();
      await putInPlace(temporary, file, elsewhere);
    },
    async discard() {
      await part.close().catch(() => {});
      await rm(temporary, { force: true });
    },
  };
}

async function begin(file: string, elsewhere: string): ReturnType<typeof createReplacement> {
  try {
    refuseTaken(file, elsewhere);
    return await createReplacement(file);
  } catch (error) {
    if (error instanceof CliError) throw error;
    const code = systemErrorCode(error);
    const folder = path.dirname(file);
    if (code === "ENOENT") throw new CliError(`the folder ${folder} does not exist`, { hint: `make it, or give ${elsewhere}`, cause: error });
    if (code === "ENOTDIR") throw new CliError(`${folder} is not a folder`, { hint: `give ${elsewhere}`, cause: error });
    throw new CliError(`cannot write ${file}: ${messageOf(error)}`, { hint: `give ${elsewhere}`, cause: error });
  }
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
    await rename(temporary, file);
  }
}
