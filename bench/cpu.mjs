import { readFileSync } from "node:fs";

/** Clock ticks a second of /proc. */
const ticks = 100;

/** Seconds of CPU that a process has used, in user and in system mode; Linux. @param {number | undefined} pid */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}
