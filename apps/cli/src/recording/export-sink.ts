import { once } from "node:events";
import { openNewFile } from "../new-file.ts";
import type { NewFile } from "../new-file.ts";

/** Where an export goes: a file that appears once it is complete, or standard output. @param file `-` for standard output @throws CliError */
export async function openExport(file: string): Promise<NewFile> {
  if (file === "-") return { append: toStdout, commit: async () => {}, discard: async () => {} };
  return openNewFile(file, "another place with --out");
}

async function toStdout(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
}
