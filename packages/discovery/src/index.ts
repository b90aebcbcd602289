// Layout, in reading order:
//   scan    which sockets exist
//   probe   whether anyone answers behind one
//   watch   sockets that come and go
export * from "./scan.ts";
export * from "./probe.ts";
export * from "./watch.ts";
