import { accessSync, constants } from "node:fs";
import path from "node:path";
import { ListDevicesError, listDevices } from "@vj/audio-analyzer";
import { messageOf } from "@vj/control";
import { readCliEnvironment } from "../config.ts";
import { failure, fine, warning } from "./check.ts";
import type { Finding } from "./check.ts";

const captureCommands = ["parec", "pw-record", "ffmpeg", "sox"] as const;

/** Whether and how sound can get in. */
export async function checkSound(): Promise<Finding[]> {
  const commands = captureCommands.filter(isInstalled);
  const found =
    commands.length > 0
      ? fine("capture commands", commands.join(", "))
      : warning("capture commands", "none is installed", `install one of ${captureCommands.join(", ")} as a second way in`);
  return [await checkDevices(commands.length > 0), found];
}

async function checkDevices(hasCommand: boolean): Promise<Finding> {
  try {
    const devices = await listDevices();
    if (devices.length === 0) {
      return warning("sound devices", "there is no input; the demo track is played", "connect one, or install a loopback device (BlackHole, a monitor source)");
    }
    return fine("sound devices", devices.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name)).join(", "));
  } catch (error) {
    if (!(error instanceof ListDevicesError) || error.code === "system") {
      return failure("sound devices", messageOf(error), "restart the sound server, then look again");
    }
    const fix = "for direct capture, install a C++ compiler and rebuild: pnpm rebuild -r naudiodon segfault-handler";
    return hasCommand
      ? warning("sound devices", `${messageOf(error)}; a capture command is used instead`, fix)
      : warning("sound devices", `${messageOf(error)}; the demo track is played`, fix);
  }
}

function isInstalled(program: string): boolean {
  return readCliEnvironment().searchPath.some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}
