import { linkProtocol } from "./link/link-protocol.ts";
import { midiProtocol } from "./midi/midi-protocol.ts";
import { os2lProtocol } from "./os2l/os2l-protocol.ts";
import type { ProtocolDefinition } from "./protocol.ts";
import { remoteProtocol } from "./remote/remote-protocol.ts";

/** Every protocol of the bridge. */
export const protocols: readonly ProtocolDefinition[] = [linkProtocol, midiProtocol, os2lProtocol, remoteProtocol];
