import { messageOf } from "@vj/schema";

/**
 * A fault of multicast DNS on one address, for a person. Packets that cannot be read are one fault, however they differ: what is damaged in
 * each would be another text for every packet of a flood.
 * @param error a fault of the system, or of reading a packet
 */
export function mdnsFault(address: string, error: unknown): string {
  const isOfSystem = error instanceof Error && "syscall" in error;
  return `multicast DNS on ${address}: ${isOfSystem ? messageOf(error) : "packets that cannot be read are left out; another program sends them to port 5353"}`;
}
