import { Link } from "@vj/link";
import type { Protocol, ProtocolContext, ProtocolDefinition } from "../protocol.ts";

/** Ableton Link. */
export const linkProtocol: ProtocolDefinition = {
  name: "link",
  restartedBy: ["link_interfaces"],
  isOn: ({ link }) => link !== "off",
  start: startLink,
};

async function startLink({ config, log }: ProtocolContext): Promise<Protocol> {
  const link = await Link.join({ interfaces: config.link_interfaces });
  link.on("problem", (text) => log.warn(text));
  return {
    state: () => ({ peers: link.peers, tempo: link.tempo, session: link.sessionId }),
    close: () => link.close(),
  };
}
