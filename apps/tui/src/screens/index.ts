import { mountScreen } from "../ui/screen.ts";
import type { MountedScreen } from "../ui/screen.ts";
import { aiScreen } from "./ai.ts";
import { audioScreen } from "./audio.ts";
import { logsScreen } from "./logs.ts";
import { nowScreen } from "./now.ts";
import { oscScreen } from "./osc.ts";
import { overviewScreen } from "./overview.ts";
import { targetsScreen } from "./targets.ts";
import { workersScreen } from "./workers.ts";

/** The screens in the order of their tabs, each with its own state. */
export function createScreens(): MountedScreen[] {
  return [
    mountScreen(overviewScreen),
    mountScreen(workersScreen),
    mountScreen(audioScreen),
    mountScreen(nowScreen),
    mountScreen(aiScreen),
    mountScreen(oscScreen),
    mountScreen(logsScreen),
    mountScreen(targetsScreen),
  ];
}
