import { linkProtocol } from "./link/link-protocol.ts";
import { midiProtocol } from "./midi/midi-protocol.ts";
import type { ProtocolDefinition } from "./protocol.ts";

/** Every protocol of the bridge. */
export const protocols: readonly ProtocolDefinition[] = [linkProtocol, midiProtocol];
