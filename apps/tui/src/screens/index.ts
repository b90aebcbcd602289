import { createAudioScreen } from "./audio.ts";
import { createLogsScreen } from "./logs.ts";
import { createOscScreen } from "./osc.ts";
import { createOverviewScreen } from "./overview.ts";
import type { Screen } from "./screen.ts";
import { createWorkersScreen } from "./workers.ts";

/** The screens in the order of their tabs. */
export function createScreens(): Screen[] {
  return [createOverviewScreen(), createWorkersScreen(), createAudioScreen(), createOscScreen(), createLogsScreen()];
}
