import { existsSync } from "node:fs";
import { procFiles } from "./proc-files.ts";
import type { ProcessSource } from "./process-facts.ts";
import { psCommand } from "./ps-command.ts";

/** The source for this system: `/proc` where it exists, else `ps`. `VJ_PROCESS_FACTS=ps` forces `ps`, for tests. */
export const processSource: ProcessSource =
  process.env["VJ_PROCESS_FACTS"] !== "ps" && existsSync("/proc/self/stat") ? procFiles : psCommand;
