import type { ControlClient } from "@vj/control";
import type { Reply } from "@vj/schema";
import { patienceMs } from "./worker-process.ts";

/** Sends one command of the suite. @throws the client's error when no reply comes within the suite's patience */
export function ask(client: ControlClient, cmd: string, args: Record<string, unknown> = {}): Promise<Reply> {
  return client.request(cmd, args, { timeoutMs: patienceMs });
}
