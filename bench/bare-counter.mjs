// Counts datagrams at a port of its own, and does nothing else: what receiving them costs in node. Sends its port first, then its count when asked.
import { createSocket } from "node:dgram";
import { limits } from "@vj/schema";

let received = 0;
const socket = createSocket({ type: "udp4", recvBufferSize: limits.receiveBufferBytes }, () => (received += 1));
socket.bind(0, "127.0.0.1", () => process.send?.(socket.address().port));
process.on("message", () => process.send?.(received));
