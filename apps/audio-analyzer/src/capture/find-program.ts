import { accessSync, constants, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { systemErrorCode } from "@vj/control";
import { messageOf, nearestNames } from "@vj/schema";
import { searchPath } from "../environment.ts";
import { locate } from "./locate.ts";

/**
 * Why a program cannot be started, for a person; undefined when it can.
 * @param program a name, searched in `PATH`, or a path
 */
export async function programProblem(program: string): Promise<string | undefined> {
  if (program.includes("/") || program.startsWith("~")) return pathProblem(locate(program));
  const folders = searchPath();
  if (folders.some((folder) => pathProblem(path.join(folder, program)) === undefined)) return undefined;
  const near = nearestNames(program, await namesIn(folders));
  const hint = near.length > 0 ? `nearest: ${near.join(", ")}` : "install it, or give its path";
  return `there is no program "${program}"; ${hint}`;
}

/** Why a program could not be started, for a person. @param error the error thrown or reported by `spawn` */
export function spawnProblem(program: string, error: unknown): string {
  switch (systemErrorCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return `there is no program "${program}"; install it, or give its path`;
    case "EACCES":
    case "EPERM":
      return `"${program}" may not be executed; make it executable with chmod +x`;
    case "ENOEXEC":
      return `"${program}" is not a program for this machine; install the right one`;
    case "E2BIG":
      return `"${program}" cannot be started: its arguments are too long; shorten them`;
    default:
      return messageOf(error);
  }
}

function pathProblem(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return `there is no program ${file}`;
  if (!found.isFile()) return `${file} is not a program; give the path of one`;
  try {
    accessSync(file, constants.X_OK);
    return undefined;
  } catch {
    // For whatever reason: we may not execute it.
    return `${file} may not be executed; make it executable with chmod +x`;
  }
}

async function namesIn(folders: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(folders.map((folder) => readdir(folder).catch((): string[] => [])));
  return [...new Set(lists.flat())];
}
