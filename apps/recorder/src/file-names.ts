import { existsSync } from "node:fs";
import path from "node:path";

/** The name of a recording that begins now, in local time: `vj-2026-11-26-221503.mcap`. */
export function recordingName(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  return `vj-${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}.mcap`;
}

/** The names of the parts of a recording: the file itself, then `FILE-2.mcap` and so on; names that are taken are passed over. */
export function partNames(first: string): () => string {
  const { dir, name, ext } = path.parse(first);
  let part = 0;
  const next = (): string => {
    part += 1;
    return part === 1 ? first : path.join(dir, `${name}-${part}${ext}`);
  };
  return () => {
    let file = next();
    while (existsSync(file)) file = next();
    return file;
  };
}
