import type { ControlClient } from "@vj/control";
import { connectWorker } from "../connect-worker.ts";

/** Uses a connection to the worker that has the tempo, and ends it. @throws CliError when it does not run */
export async function withAnalyzer(run: (client: ControlClient) => Promise<void>): Promise<void> {
  const client = await connectWorker("audio_analyzer");
  try {
    await run(client);
  } finally {
    await client.close();
  }
}
