import type { BusOptions } from "@vj/discovery";
import type { WaitOptions } from "../wait.ts";

/** Which bus, and when to stop waiting. */
export interface ManagerOptions extends BusOptions, WaitOptions {}
