// Layout, in reading order:
//   service       what is announced and found
//   announce      announces services: announcing, one service on one network
//   browse        finds services: asking, for what was named; service-table, those known, with the time until which each holds
//   records       services <-> records of DNS, pure; packet: their bytes
//   wire          the sockets: wire-options, mdns-port (shared with other programs), packet-budget (what a flood costs); mdns-fault: their warnings in words
export { announce } from "./announce.ts";
export type { AnnounceOptions, Announcement } from "./announce.ts";
export { browse } from "./browse.ts";
export type { BrowseOptions, Browsing } from "./browse.ts";
export type { FoundService, Reach, Service, ServiceType } from "./service.ts";
export type { WireOptions } from "./wire-options.ts";
