import type { Announcement } from "@vj/zeroconf";

/**
 * Announces the OSCQuery server and the OSC port to the programs of this machine, as `_oscjson._tcp` and `_osc._udp`. The server answers on
 * 127.0.0.1 only, so nothing of it reaches a network.
 */
export async function announceQuery(queryPort: number, oscPort: number, onProblem: (text: string) => void): Promise<Announcement> {
  const { announce } = await import("@vj/zeroconf");
  const name = "vj-bus";
  return announce({ services: [{ name, type: "_oscjson._tcp", port: queryPort }, { name, type: "_osc._udp", port: oscPort }], reach: "machine", onProblem });
}
