import { z } from "zod";
import { linkSettings } from "./protocols/link/settings.ts";
import { midiSettings } from "./protocols/midi/settings.ts";
import { prioritySettings } from "./tempo-sources/settings.ts";

/** `sync_bridge.json`. */
export const syncConfig = z.object({ ...prioritySettings, ...linkSettings, ...midiSettings });
export type SyncConfig = z.output<typeof syncConfig>;
