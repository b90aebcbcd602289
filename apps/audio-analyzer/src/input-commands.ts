import type { SoundInput } from "@vj/schema";
import { defineCommand, ok } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";
import type { DeviceInfo } from "./capture/device-info.ts";
import { listDevices } from "./capture/list-devices.ts";
import { meterDevices } from "./capture/meter-devices.ts";

/**
 * Commands about the sound inputs of this machine. Each answer takes a separate process: requests that come meanwhile share it.
 * @param playing name of the input that plays, which is not opened a second time; "" for none
 */
export function inputCommands(playing: () => string): CommandTable {
  let listing: Promise<DeviceInfo[]> | undefined;
  let metering: Promise<SoundInput[]> | undefined;

  return {
    list_devices: defineCommand({
      description: "The current sound inputs",
      args: z.object({}),
      async run() {
        listing ??= listDevices().finally(() => (listing = undefined));
        return ok(null, { devices: await listing });
      },
    }),
    meter_devices: defineCommand({
      description: "The current sound inputs with their loudness; each is opened for a moment, but not the one that plays",
      args: z.object({ listen_ms: z.number().min(100).max(3000).default(700).describe("how long each is listened to") }),
      async run({ listen_ms: listenMs }) {
        metering ??= meterDevices({ listenMs, playing: playing() }).finally(() => (metering = undefined));
        return ok(null, { inputs: await metering });
      },
    }),
  };
}
