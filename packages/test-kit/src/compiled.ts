import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";

/**
 * Compiles a C++ program of one file, once for each content: the program is kept in the temporary directory.
 * @param flags for g++
 * @returns the path of the program
 * @throws Error when g++ fails; its messages are on standard error
 */
export function compiled(source: string, flags: readonly string[]): string {
  const hash = createHash("sha256").update(readFileSync(source)).update(flags.join("\0")).digest("hex").slice(0, 16);
  const folder = path.join(tmpdir(), `vj-compiled-${userInfo().uid}`);
  const program = path.join(folder, `${path.basename(source, path.extname(source))}-${hash}`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Two that compile it at the same time: each puts a whole program in place.
  const part = `${program}.${process.pid}`;
  execFileSync("g++", [source, "-o", part, ...flags], { stdio: ["ignore", "ignore", "inherit"] });
  renameSync(part, program);
  return program;
}
