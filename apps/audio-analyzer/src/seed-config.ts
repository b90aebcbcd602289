import { existsSync } from "node:fs";
import path from "node:path";
import { readText } from "@vj/files";
import { saveConfig } from "@vj/worker";
import { z } from "zod";
import { messageOf } from "@vj/schema";

/** The older system's settings in the home directory. */
const seedConfigSchema = z.object({ device_name: z.string().nullish() });

/**
 * Imports the device from the older system's `~/.vj_audio_config.json`, once: only while we have no configuration.
 * @returns a text for a person; undefined when there was nothing to import
 */
export async function importSeedConfig(home: string, configDir: string, worker: string): Promise<string | undefined> {
  const seedFile = path.join(home, ".vj_audio_config.json");
  const ownFile = path.join(configDir, `${worker}.json`);
  if (existsSync(ownFile) || !existsSync(seedFile)) return undefined;
  try {
    const { device_name } = seedConfigSchema.parse(JSON.parse(readText(seedFile) ?? "{}"));
    if (device_name === undefined || device_name === null || device_name.trim() === "") return undefined;
    await saveConfig(ownFile, { audio_source: `device:${device_name.trim()}` });
    return `took the device "${device_name.trim()}" over from ${seedFile}`;
  } catch (error) {
    return `${seedFile} could not be taken over: ${messageOf(error)}`;
  }
}
