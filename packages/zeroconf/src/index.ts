// In reading order: service.ts (what is announced and found), announce.ts and announcing.ts (to be found), browse.ts and service-table.ts
// (to find), records.ts (what goes over the network), wire.ts and mdns-port.ts (the sockets).
export { announce } from "./announce.ts";
export type { AnnounceOptions, Announcement } from "./announce.ts";
export { browse } from "./browse.ts";
export type { BrowseOptions, Browsing } from "./browse.ts";
export type { FoundService, Reach, Service, ServiceType } from "./service.ts";
export type { WireOptions } from "./wire-options.ts";
