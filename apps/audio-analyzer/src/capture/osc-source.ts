import { audioOsc, messageOf } from "@vj/schema";
import { createReceiver, readOsc, senderText } from "@vj/telemetry";
import type { Receiver } from "@vj/telemetry";
import type { AnalysisListener, AudioSource } from "./audio-source.ts";
import { createFollowedSender } from "./followed-sender.ts";
import { createSynesthesiaInput } from "./synesthesia-input.ts";

/** After this long without a message the other analyzer counts as gone, ms; the next one that sends is followed. */
const quietMs = 1000;
/** Values of Synesthesia that come within so many ms belong to one moment: it sends each in a message of its own. */
const momentMs = 4;
/** Delay before a port that is taken, or refused, is tried again, and between looks whether it still may be open, ms. */
const retryMs = 2000;

/**
 * The analysis of another analyzer that sends to a UDP port of this machine: another rig's, or Synesthesia's. It delivers no samples: messages
 * go to the second listener; those that neither of them sends are dropped. Where several programs send, one is followed.
 * @param refusal why the port must not be open now: it is closed for as long as there is a reason
 */
export function createOscSource(port: number, refusal: () => string | undefined = () => undefined): AudioSource {
  let receiver: Receiver | undefined;
  let problem = "";
  let arrivedAt: number | undefined;
  let retry: NodeJS.Timeout | undefined;
  let moment: NodeJS.Timeout | undefined;
  let stopped = false;
  let synesthesia = createSynesthesiaInput();
  const following = createFollowedSender(quietMs);
  let followed = "";

  const takeMoment = (onAnalysis: AnalysisListener): void => {
    moment = undefined;
    for (const message of synesthesia.frame(performance.now())) onAnalysis(message);
  };

  const open = async (onAnalysis: AnalysisListener): Promise<void> => {
    try {
      const opened = await createReceiver({ port, changePort: (free) => `vj config set audio_analyzer audio_source=osc:${free}` });
      opened.on("message", (message, _receivedAt, from) => {
        if (stopped) return;
        const read = readOsc(audioOsc, message);
        if (read === undefined && !synesthesia.knows(message.address)) return;
        if (read?.address === "/audio/bar" && read.args.beat_in_bar > read.args.metre) return;
        const now = performance.now();
        const sender = senderText(from);
        if (!following.counts(sender, now)) return;
        // What Synesthesia's beats were is of no use for another sender.
        if (sender !== followed) synesthesia = createSynesthesiaInput();
        followed = sender;
        arrivedAt = now;
        if (read === undefined) synesthesia.take(message.address, message.args[0]);
        if (read !== undefined) onAnalysis(read);
        else moment ??= setTimeout(() => takeMoment(onAnalysis), momentMs);
      });
      if (stopped) return await opened.close();
      receiver = opened;
      problem = "";
    } catch (error) {
      problem = messageOf(error);
    }
  };

  const close = async (): Promise<void> => {
    clearTimeout(moment);
    moment = undefined;
    const closing = receiver;
    receiver = undefined;
    await closing?.close();
  };

  const look = async (onAnalysis: AnalysisListener): Promise<void> => {
    const refused = refusal();
    if (refused !== undefined) {
      problem = refused;
      arrivedAt = undefined;
      await close();
    } else if (receiver === undefined) await open(onAnalysis);
    if (!stopped) retry = setTimeout(() => void look(onAnalysis), retryMs);
  };

  return {
    kind: "osc",
    name: `port ${port}`,
    start(_onSamples, onAnalysis = () => {}) {
      stopped = false;
      void look(onAnalysis);
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await close();
    },
    status() {
      if (problem !== "") return { phase: "lost", problem };
      if (arrivedAt === undefined) return { phase: "opening", problem: "" };
      const now = performance.now();
      const senders = following.senders(now);
      if (now - arrivedAt < quietMs) return { phase: "open", problem: "", ...(senders === undefined ? {} : { senders }) };
      return { phase: "lost", problem: `nothing arrives on UDP port ${port} any more` };
    },
  };
}
