import { setTimeout as delay } from "node:timers/promises";
import { orphanZombies, poorInit } from "@vj/control";
import { fine, warning } from "./check.ts";
import type { Finding } from "./check.ts";

/** Interval between two looks: an init collects ended processes within milliseconds, so any found twice are not collected. */
const betweenLooksMs = 300;
const fix = "run the container with an init: docker run --init, or init: true in compose.yaml";

/** Checks that ended processes are collected: a container whose first process is not an init fills up with them. */
export async function checkInit(): Promise<Finding[]> {
  const subject = "first process";
  const command = poorInit();
  if (command !== undefined) {
    return [warning(subject, `is "${command}", not an init: processes that end stay as zombies until no new one can be started`, fix)];
  }
  if (orphanZombies() > 0) {
    await delay(betweenLooksMs);
    const left = orphanZombies();
    if (left > 0) return [warning(subject, `does not collect processes that have ended: ${left} are left as zombies`, fix)];
  }
  return [fine(subject, "collects processes that have ended")];
}
