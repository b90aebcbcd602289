import path from "node:path";
import { workerContract } from "@vj/worker/testing";
import { describe, it } from "vitest";

const program = path.join(import.meta.dirname, "../bin/sync-bridge.js");

describe("as a worker", () => {
  const subject = { name: "sync_bridge", validConfig: { link_offset_ms: 12 }, invalidConfig: { link: "sometimes" } };
  for (const { name, run } of workerContract({ ...subject, command: [process.execPath, program] })) it(name, () => run());
});
