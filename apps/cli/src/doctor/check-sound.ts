import { messageOf } from "@vj/schema";
import { ListDevicesError, chooseSource, isInstalled, knownCommands, listDevices } from "@vj/audio-analyzer";
import { failure, fine, warning } from "./check.ts";
import type { Finding } from "./check.ts";

/** Checks the ways for sound to get in. */
export async function checkSound(): Promise<Finding[]> {
  return [await checkDevices(), checkCommands()];
}

function checkCommands(): Finding {
  const usable = knownCommands.filter(({ platform }) => platform === process.platform).map(({ words }) => words[0]);
  const installed = usable.filter((program) => isInstalled(program));
  return installed.length > 0
    ? fine("capture commands", installed.join(", "))
    : warning("capture commands", "none is installed", `install one of ${usable.join(", ")} as a second way in`);
}

async function checkDevices(): Promise<Finding> {
  try {
    const devices = await listDevices();
    if (devices.length === 0) {
      return warning("sound devices", `there is no input; ${await instead()}`, "connect one, or install a loopback device (BlackHole, a monitor source)");
    }
    return fine("sound devices", devices.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name)).join(", "));
  } catch (error) {
    if (!(error instanceof ListDevicesError)) return failure("sound devices", messageOf(error), "report this with the line above");
    if (error.code === "system") return failure("sound devices", error.message, error.fix);
    return warning("sound devices", `${error.message}; ${await instead()}`, error.fix);
  }
}

/** The result of `auto` without a device: a command is used only if it delivers sound. */
async function instead(): Promise<string> {
  const { source, chosenBy } = await chooseSource({ kind: "auto" });
  return chosenBy === "command" ? `auto captures with ${source.name.split(" ")[0]} instead` : "auto plays the demo track instead";
}
