// Receives what audio_analyzer sends, in the way of the rig's own programs, and drops it, until it is ended.
import { connect } from "@vj/control";
import { subscribeTo } from "@vj/telemetry";

const client = await connect("audio_analyzer");
await subscribeTo(client, { bundled: true, onMessage: () => {} });
