import { audioOsc, messageOf } from "@vj/schema";
import { createReceiver, readOsc } from "@vj/telemetry";
import type { Receiver } from "@vj/telemetry";
import type { AnalysisListener, AudioSource } from "./audio-source.ts";

/** After this long without a message the other analyzer counts as gone, ms. */
const quietMs = 1000;
/** Delay before a taken port is tried again, ms. */
const retryMs = 2000;

/**
 * The analysis of another analyzer that sends to a UDP port of this machine. It delivers no samples: messages go to the
 * second listener; those that do not match the table of `/audio/*` are dropped.
 */
export function createOscSource(port: number): AudioSource {
  let receiver: Receiver | undefined;
  let problem = "";
  let arrivedAt: number | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  const open = async (onAnalysis: AnalysisListener): Promise<void> => {
    try {
      const opened = await createReceiver({ port, changePort: (free) => `vj config set audio_analyzer audio_source=osc:${free}` });
      opened.on("message", (message) => {
        const read = readOsc(audioOsc, message);
        if (read === undefined || stopped) return;
        arrivedAt = performance.now();
        onAnalysis(read);
      });
      if (stopped) return await opened.close();
      receiver = opened;
      problem = "";
    } catch (error) {
      problem = messageOf(error);
      if (!stopped) retry = setTimeout(() => void open(onAnalysis), retryMs);
    }
  };

  return {
    kind: "osc",
    name: `port ${port}`,
    start(_onSamples, onAnalysis = () => {}) {
      stopped = false;
      void open(onAnalysis);
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await receiver?.close();
      receiver = undefined;
    },
    status() {
      if (problem !== "") return { phase: "lost", problem };
      if (arrivedAt === undefined) return { phase: "opening", problem: "" };
      if (performance.now() - arrivedAt < quietMs) return { phase: "open", problem: "" };
      return { phase: "lost", problem: `nothing arrives on UDP port ${port} any more` };
    },
  };
}
