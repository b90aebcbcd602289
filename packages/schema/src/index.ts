// Layout, in reading order:
//   @vj/contract   words without validation, exported from here too: addresses, presets, listeners, rate limits; its index lists them.
//                  limits passes on its table of sizes and time limits as @vj/schema/limits
//   worker-name    names of processes on the bus
//   nulls          a null that does not fit counts as absent
//   message        the union of the six message types and its safe parse: command, ack, response, register, heartbeat, error; msg-id
//   reply          the result of a command; refusal: why it was not carried out, as a code and the fields at fault
//   host           the machine of a receiver: what is wrong with it; place: host:port
//   target         receivers of telemetry; target-list: host:port,…; target-faults: what is wrong with them, in words
//   osc-address    an address as a worker describes it
//   worker-state, description, subscription, log-level   payloads that cross processes; read-description: a description, without its faulty parts
//   health         health of a worker, judged from the manager, its socket and its own report; rig-health: all of them; health-text: in words
//   sound-inputs      the answer of meter_devices
//   lyrics-versions   the answer of list_candidates; lyrics-away: that no service could be asked
//   shorten        a text of bounded length; counted: a number with its noun; median: the middle of numbers; nearest-names: what a mistyped name may mean
//   sanitize       foreign text, made safe for a terminal; parse-json: text that may be JSON
export * from "@vj/contract";
export * from "./worker-name.ts";
export * from "./msg-id.ts";
export * from "./message.ts";
export * from "./nulls.ts";
export * from "./heartbeat.ts";
export * from "./command.ts";
export * from "./ack.ts";
export * from "./response.ts";
export * from "./register.ts";
export * from "./error.ts";
export * from "./reply.ts";
export * from "./refusal.ts";
export * from "./worker-state.ts";
export * from "./health.ts";
export * from "./rig-health.ts";
export * from "./health-text.ts";
export * from "./description.ts";
export * from "./read-description.ts";
export * from "./subscription.ts";
export * from "./osc-address.ts";
export { hostSchema, plainHost } from "./host.ts";
export * from "./place.ts";
export * from "./target.ts";
export * from "./target-list.ts";
export * from "./target-faults.ts";
export * from "./log-level.ts";
export * from "./lyrics-away.ts";
export * from "./lyrics-versions.ts";
export * from "./sound-inputs.ts";
export * from "./sanitize.ts";
export * from "./shorten.ts";
export * from "./counted.ts";
export * from "./median.ts";
export * from "./nearest-names.ts";
export * from "./parse-json.ts";
