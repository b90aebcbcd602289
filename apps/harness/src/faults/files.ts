import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, readdirSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { systemErrorCode } from "@vj/control";
import { answers, everybody, killed, pidOf, replaced } from "./fault.ts";
import type { Fault } from "./fault.ts";
import { isMountPoint } from "../remove-rig.ts";
import { until } from "../rig.ts";
import type { RealRig } from "../rig.ts";

export const deleteSocket: Fault = {
  name: "delete socket",
  async run(context) {
    const worker = context.random.pick(everybody(context));
    unlinkSync(context.rig.socket(worker));
    return answers(context.rig, worker);
  },
};

export const deleteBusDirectory: Fault = {
  name: "delete bus directory",
  async run(context) {
    const { rig } = context;
    deleteInUse(rig.busDir);
    return until(
      "every socket is back",
      async () => {
        for (const worker of everybody(context)) await rig.workerState(worker);
      },
      30_000,
    );
  },
};

/**
 * Deletes a directory into which others write meanwhile; `maxRetries` would retry only the directory itself, not new
 * files in it.
 */
function deleteInUse(directory: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      rmSync(directory, { recursive: true, force: true });
      return;
    } catch (error) {
      if (systemErrorCode(error) !== "ENOTEMPTY" || attempt === 100) throw error;
    }
  }
}

/** Fills the small file system of the bus directory, writes many log lines, and frees it again. */
export const fillLogDisk: Fault = {
  name: "fill log disk",
  unavailable: (rig) => (isMountPoint(rig.busParent) ? undefined : "no small file system could be mounted (needs root)"),
  async run(context) {
    const { rig, random } = context;
    const worker = random.pick(everybody(context));
    const filler = path.join(rig.busParent, "filler");
    fill(filler);
    try {
      for (let i = 0; i < 20; i += 1) await rig.request(worker, "no_such_command");
      await delay(1000);
      await answers(rig, worker);
    } finally {
      rmSync(filler, { force: true });
    }
    return answers(rig, worker);
  },
};

/** A configuration destroyed while the worker is dead: defaults are used, and the broken file is kept aside. */
export const corruptConfiguration: Fault = {
  name: "corrupt configuration",
  async run(context) {
    const { rig, random, acknowledged, incidents } = context;
    const worker = incidents.pickSteady([...acknowledged.keys()], random);
    const file = path.join(rig.configDir, `${worker}.json`);
    const half = readFileSync(file).subarray(0, 3 + random.below(8));
    const pid = pidOf(rig, worker);
    process.kill(pid, "SIGKILL");
    writeFileSync(file, half);
    const first = await replaced(context, worker, pid);
    // It may have been restarted before the file was broken, so only a second start surely reads it.
    const again = pidOf(rig, worker);
    writeFileSync(file, half);
    process.kill(again, "SIGKILL");
    const took = Math.max(first, await replaced(context, worker, again));
    const aside = readdirSync(rig.configDir).filter((entry) => entry.startsWith(`${worker}.json.bad-`));
    if (aside.length === 0) throw new Error(`${worker}: the broken configuration was not kept aside`);
    for (const entry of aside) unlinkSync(path.join(rig.configDir, entry));
    const settings = acknowledged.get(worker) ?? {};
    const reply = await rig.request(worker, "set_config", settings);
    if (!reply.success) throw new Error(`${worker} takes no settings after a broken file: ${reply.message ?? ""}`);
    return took;
  },
};

/** The music file is missing when the analyzer starts, and returns later. */
export const vanishAudio: Fault = {
  name: "vanish audio",
  async run(context) {
    const { rig } = context;
    const worker = "audio_analyzer";
    rmSync(rig.music, { force: true });
    const took = await killed(context, worker);
    await until("frames come without sound", () => framesCome(rig), 30_000);
    rig.restoreMusic();
    await until(
      "sound is back",
      async () => {
        const { stats } = await rig.workerState(worker);
        if (typeof stats !== "object" || stats === null || !("audio_alive" in stats) || stats.audio_alive !== true) {
          throw new Error("no sound");
        }
      },
      60_000,
    );
    return took;
  },
};

async function framesCome(rig: RealRig): Promise<void> {
  const before = rig.receiver.latest("/audio/levels")?.count ?? 0;
  await delay(300);
  if ((rig.receiver.latest("/audio/levels")?.count ?? 0) === before) throw new Error("no frames");
}

/** Mounts a small file system for the bus directory, until the rig is removed. @returns whether that worked. */
export function mountSmallDisk(rig: RealRig): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=48m,mode=700", "tmpfs", rig.busParent], { stdio: "ignore" });
    return true;
  } catch {
    // Not root, or mounting is not allowed: reported as an unavailable fault.
    return false;
  }
}

function fill(file: string): void {
  const block = Buffer.alloc(1_048_576);
  for (let size = block.length; size >= 1; ) {
    try {
      appendFileSync(file, block.subarray(0, size));
    } catch {
      // No room for a piece of this size; the rest is filled in smaller pieces.
      size = Math.floor(size / 4);
    }
  }
}
