// Layout, in reading order:
//   link                 a peer of the session: joins, reads and changes the tempo
//   errors               with codes
//   timeline             beat <-> time, pure
//   session              what a peer does after each event, pure: session-state, peers (those that are there)
//   discovery-message    what peers announce; measurement-message: ping and pong; entry: the format of both
//   measurement          the offset of another peer's clock, from its pongs; measuring: asks it
//   sockets              multicast and unicast on each of the interfaces
export { localAddresses } from "./interfaces.ts";
export { Link } from "./link.ts";
export type { LinkEvents, LinkOptions } from "./link.ts";
export { LinkError } from "./errors.ts";
export type { LinkErrorCode } from "./errors.ts";
export { decodeDiscovery, discoveryGroup, encodeDiscovery } from "./discovery-message.ts";
export type { DiscoveryMessage, Endpoint, PeerState } from "./discovery-message.ts";
export { answerPing, decodePong, encodePing } from "./measurement-message.ts";
export type { Ping, Pong } from "./measurement-message.ts";
export { advanceSession } from "./session.ts";
export { foundSession } from "./session-state.ts";
export type { SessionEffect, SessionEvent, SessionState, SessionStep } from "./session-state.ts";
export { beatAt, phaseOf, tempoOf, tempoRange, timeOfBeat } from "./timeline.ts";
export type { Timeline } from "./timeline.ts";
