// Layout, in reading order:
//   bus-dir        where sockets live, and who may put them there
//   socket-path    name -> path, within the length that every system binds
//   frame          messages <-> bytes, pure
//   turn-budget    how much of one turn of the event loop decoding may take
//   connection     messages over one socket, bounded both ways
//   claim-name     exactly one process per name; bind-socket: the socket file itself
//   server         listens, answers commands, heals its socket file
//   pending, command-queue, reconnect, client: requests, replay, coming back
export * from "./errors.ts";
export { messageOf } from "@vj/schema";
export * from "./bus-dir.ts";
export * from "./socket-path.ts";
export * from "./frame.ts";
export * from "./server.ts";
export * from "./client.ts";
export { isProcessAlive, nameOwner } from "./claim-name.ts";
