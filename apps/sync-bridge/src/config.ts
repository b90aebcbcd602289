import { z } from "zod";
import { linkSettings } from "./protocols/link/settings.ts";
import { midiSettings } from "./protocols/midi/settings.ts";
import { os2lSettings } from "./protocols/os2l/settings.ts";
import { remoteSettings } from "./protocols/remote/settings.ts";
import { prioritySettings } from "./tempo-sources/settings.ts";

/** `sync_bridge.json`. */
export const syncConfig = z.object({ ...prioritySettings, ...linkSettings, ...midiSettings, ...os2lSettings, ...remoteSettings });
/** The settings of `sync_bridge`. */
export type SyncConfig = z.output<typeof syncConfig>;
