import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A disk of 64 KiB. Needs the capability `mount`. */
export interface SmallDisk extends Disposable {
  /** Uses up all of its space. */
  fill(): void;
  /** Undoes `fill`. */
  makeRoom(): void;
}

/** Mounts a small disk at a folder (0700), which is created if it is missing, until the result is disposed. */
export function smallDisk(folder: string): SmallDisk {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", folder], { stdio: "ignore" });
  const filler = path.join(folder, "filler");
  return {
    fill() {
      try {
        writeFileSync(filler, Buffer.alloc(100_000));
      } catch {
        // It is full now.
      }
    },
    makeRoom: () => rmSync(filler),
    [Symbol.dispose]: () => void execFileSync("umount", ["--lazy", folder]),
  };
}
