import type { Senders } from "./capture/audio-source.ts";

/** That several programs send to one port, and what to do, for a person; empty while only one does. */
export function sendersText({ followed, ignored }: Senders): string {
  const [first, ...more] = ignored;
  if (first === undefined) return "";
  const others = more.length === 0 ? first : `${first} and ${more.length} more`;
  return `${others} sent there too and ${more.length === 0 ? "is" : "are"} ignored while ${followed} sends; let each analyzer send to a port of its own`;
}
