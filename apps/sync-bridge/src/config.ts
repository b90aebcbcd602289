import { z } from "zod";
import { linkSettings } from "./protocols/link/settings.ts";
import { prioritySettings } from "./tempo-sources/settings.ts";

/** `sync_bridge.json`. */
export const syncConfig = z.object({ ...prioritySettings, ...linkSettings });
export type SyncConfig = z.output<typeof syncConfig>;
