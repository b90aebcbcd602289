import path from "node:path";
import { workerContract } from "@vj/worker/testing";
import { describe, it } from "vitest";
import { homeFolder } from "../src/find-workers.ts";

describe("the process manager keeps the contract of every worker", () => {
  // `--only none`: no other worker is started.
  const checks = workerContract({
    name: "process_manager",
    command: [process.execPath, path.join(homeFolder, "bin/process-manager.js"), "--only", ""],
    validConfig: { hang_kill_sec: 20 },
    invalidConfig: { retry_failed_sec: -1 },
  });
  for (const { name, run } of checks) it(name, () => run());
});
