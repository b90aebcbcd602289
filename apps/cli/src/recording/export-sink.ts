import { once } from "node:events";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { systemErrorCode } from "@vj/files";
import { createReplacement } from "@vj/recording";
import type { ByteSink } from "@vj/recording";
import { CliError } from "../cli-error.ts";

/** Where an export goes: a file that appears once it is complete, or standard output. */
export interface ExportSink extends ByteSink {
  /** The export is complete: the file appears. */
  commit(): Promise<void>;
  /** The export failed: nothing is left of it. */
  discard(): Promise<void>;
}

/** @param file `-` for standard output @throws CliError when its folder is missing, else system errors */
export async function openExport(file: string): Promise<ExportSink> {
  if (file === "-") return { append: toStdout, commit: async () => {}, discard: async () => {} };
  const { temporary, part } = await createReplacement(file).catch((error: unknown) => {
    throw systemErrorCode(error) === "ENOENT" ? new CliError(`the folder ${path.dirname(file)} does not exist`, { hint: "make it, or give another place with --out", cause: error }) : error;
  });
  return {
    append: part.append,
    async commit() {
      await part.close();
      await rename(temporary, file);
    },
    async discard() {
      await part.close().catch(() => {});
      await rm(temporary, { force: true });
    },
  };
}

async function toStdout(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
}
