import { constants, lstatSync } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import { busDir, checkBusDir, checkLogFolder, ControlError, logFolder } from "@vj/control";
import { messageOf } from "@vj/schema";
import { diskFault, folderFault, makeFolder } from "@vj/files";
import { readTargets } from "@vj/process-manager/targets";
import { readEnvironment } from "@vj/worker";
import { fine, failure, warning } from "./check.ts";
import type { Finding } from "./check.ts";

const oldestNode = [20, 19] as const;

/** Checks the version of Node. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const enough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  return enough ? fine("node", version) : failure("node", version, `install Node ${oldestNode.join(".")} or newer`);
}

/** Checks that no other user can put sockets where ours are, and that logs can be written. */
export function checkBus(): Finding {
  try {
    checkBusDir(busDir());
    const fault = folderFault(busDir());
    if (fault !== undefined) return unwritable(fault);
    const full = diskFault(busDir());
    if (full !== undefined) return failure("bus directory", `${full}: logs are lost`, "make room there");
    if (lstatSync(logFolder(busDir()), { throwIfNoEntry: false }) !== undefined) checkLogFolder(busDir());
    return fine("bus directory", `${busDir()}, open to you alone`);
  } catch (error) {
    if (error instanceof ControlError && error.code === "not_found") {
      const fault = folderFault(busDir());
      return fault === undefined ? fine("bus directory", `${busDir()} will be created by the first start`) : unwritable(fault);
    }
    return failure("bus directory", messageOf(error), "follow the advice in this line, then run vj doctor again");
  }
}

function unwritable(fault: string): Finding {
  return failure("bus directory", `${busDir()} ${fault}`, "make it writable, or set VJ_BUS_DIR to another one");
}

/** Checks that settings can be read from the environment, and saved. */
export async function checkFolders(): Promise<Finding[]> {
  try {
    const { configDir, dataDir, cacheDir, targets } = readEnvironment();
    const folders = await Promise.all([
      checkWritable("configuration", configDir, "VJ_CONFIG_DIR"),
      checkWritable("data", dataDir, "VJ_DATA_DIR"),
      checkWritable("cache", cacheDir, "VJ_CACHE_DIR"),
    ]);
    return [...folders, ...(readTargets({ configDir, targets }).success ? [whereTargetsAre(path.join(configDir, "targets.json"), targets !== undefined)] : [])];
  } catch (error) {
    return [failure("environment", messageOf(error), "correct or unset this variable")];
  }
}

function whereTargetsAre(file: string, overridden: boolean): Finding {
  if (overridden) return fine("targets file", `${file}; VJ_OSC_TARGETS is used instead`);
  const isThere = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  return fine("targets file", isThere ? file : `${file} does not exist: OSC goes to the default target`);
}

async function checkWritable(what: string, folder: string, variable: string): Promise<Finding> {
  const fault = folderFault(folder);
  if (fault !== undefined) return failure(`${what} folder`, `${folder} ${fault}`, `make it writable, or set ${variable} to another one`);
  try {
    makeFolder(folder);
    await access(folder, constants.W_OK);
    const full = diskFault(folder);
    if (full !== undefined) return failure(`${what} folder`, full, "make room there");
    return fine(`${what} folder`, folder);
  } catch (error) {
    return failure(`${what} folder`, `cannot write ${folder}: ${messageOf(error)}`, `make it writable, or set ${variable} to another one`);
  }
}

/** Checks that the terminal is large enough. */
export function checkTerminal(): Finding {
  if (!process.stdout.isTTY) return fine("terminal", "none: plain lines instead of the terminal UI");
  const { columns, rows } = process.stdout;
  if (columns >= 40 && rows >= 12) return fine("terminal", `${columns}x${rows}`);
  return warning("terminal", `${columns}x${rows}`, "make it at least 40x12 for the terminal UI");
}
