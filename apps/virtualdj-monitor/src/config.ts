import { homedir } from "node:os";
import path from "node:path";
import { hostSchema } from "@vj/schema";
import { z } from "zod";

/** The value of `file_path` that looks for the file by itself. */
export const autoDetect = "auto-detect";

/** `virtualdj_monitor.json`. */
export const virtualdjConfig = z.object({
  file_path: z
    .string()
    .max(1024)
    .refine((value) => value === "" || value === autoDetect || isUsablePath(value), {
      message: `give an absolute path, one that begins with ~/, or ${autoDetect}`,
    })
    .default(autoDetect)
    .describe("The text file that VirtualDJ writes, or a folder of .m3u histories; auto-detect takes the first that exists of the usual places"),
  poll_interval: z.number().min(0.05).max(10).default(0.25).describe("Seconds between two looks at the file"),
  stale_after_sec: z
    .number()
    .min(60)
    .max(86_400)
    .default(1800)
    .describe("A track counts as over this long after its change: its end is not in the file"),
  osc_port: z.int().min(0).max(65_535).default(0).describe("Port that VirtualDJ's OSC answers to, its oscPortBack; 0: only the file is read"),
  osc_host: hostSchema.default("127.0.0.1").describe("Where VirtualDJ runs"),
  osc_query_port: z.int().min(1).max(65_535).default(9009).describe("Port that VirtualDJ listens at, its oscPort"),
});
/** The settings of `virtualdj_monitor`. */
export type VirtualdjConfig = z.output<typeof virtualdjConfig>;

/** Files and folders to look for; the first that exists counts. A path that a person set is the only one. */
export function candidateFiles({ file_path }: Pick<VirtualdjConfig, "file_path">, home = homedir()): string[] {
  if (file_path !== "" && file_path !== autoDetect) return [file_path.replace(/^~(?=\/)/, home)];
  return [
    path.join(home, "Library/Application Support/VirtualDJ/History/tracklist.txt"),
    path.join(home, "Documents/VirtualDJ/History/tracklist.txt"),
    path.join(home, "Documents/VirtualDJ/History/now_playing.txt"),
    path.join(home, "Documents/VirtualDJ/now_playing.txt"),
    path.join(home, "Music/VirtualDJ/now_playing.txt"),
    "/tmp/virtualdj_now_playing.txt",
    // Folders: the newest .m3u history in them, which VirtualDJ writes by itself.
    path.join(home, "Library/Application Support/VirtualDJ/History"),
    path.join(home, "Documents/VirtualDJ/History"),
  ];
}

function isUsablePath(value: string): boolean {
  return (path.isAbsolute(value) || value.startsWith("~/")) && !value.includes("\0");
}
