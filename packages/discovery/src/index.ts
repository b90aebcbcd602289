// Layout, in reading order:
//   scan    which sockets exist
//   probe   whether a process answers behind one
//   watch   reports sockets that appear and vanish
export * from "./scan.ts";
export * from "./probe.ts";
export * from "./watch.ts";
