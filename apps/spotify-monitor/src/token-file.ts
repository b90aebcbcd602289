import { chmodSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { FileError, jsonFile } from "@vj/files";
import { parseJson } from "@vj/schema";
import { tokenSchema } from "./token.ts";
import type { Token } from "./token.ts";

/** Where the sign-in is kept, readable by its owner only. */
export function tokenFile(configDir: string): string {
  return path.join(configDir, "spotify_token.json");
}

/**
 * Reads the sign-in; undefined when there is none. One that others may read, such as a restored copy, is made 0600 again.
 * @throws FileError when there is one that cannot be read; the text holds nothing of it.
 */
export function readToken(configDir: string): Token | undefined {
  const text = jsonFile(tokenFile(configDir)).text();
  if (text === undefined) return undefined;
  // No word of what is wrong with it: a position in it would be a part of it.
  const { data } = tokenSchema.safeParse(parseJson(text));
  if (data === undefined) throw new FileError("content", `${tokenFile(configDir)} holds no sign-in; sign in again with: vj spotify login`);
  tighten(tokenFile(configDir));
  return data;
}

function tighten(file: string): void {
  try {
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  } catch {
    // Not ours to change: it is readable, which is all that is needed here.
  }
}

/** Keeps a sign-in: a kill at any moment leaves the former one or this, whole and on disk. @throws FileError when it cannot be written. */
export async function writeToken(configDir: string, token: Token): Promise<void> {
  await jsonFile(tokenFile(configDir)).write(token);
}

/** Forgets the sign-in, and what a kill in the middle of writing one left beside it. @throws FileError `kind`, or the error of the file system, when it cannot be removed. */
export function removeToken(configDir: string): void {
  const file = tokenFile(configDir);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new FileError("kind", `${file} is not a file but a directory; move it away`);
  rmSync(file, { force: true });
  const beside = existsSync(configDir) ? readdirSync(configDir).filter((name) => name.startsWith(`${path.basename(file)}.`)) : [];
  for (const name of beside) rmSync(path.join(configDir, name), { force: true });
}
