import { createSocket } from "node:dgram";
import { once } from "node:events";
import { needs } from "@vj/test-kit";
import { expect, it } from "vitest";
import { processTitle, socketHolders, udpSocketsTo, variableOf } from "../src/index.ts";
import { parseUdpTable } from "../src/process/udp-senders.ts";

it("reads connected sockets from the table of the system", () => {
  const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  101: 0100007F:9C40 0100007F:2328 01 00000000:00000000 00:00000000 00000000  1000        0 4711 2 0000000000000000 0
  102: 00000000:2328 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 4712 2 0000000000000000 0
  103: 0100A8C0:9C41 0A00A8C0:2328 01 00000000:00000000 00:00000000 00000000  1000        0 4713 2 0000000000000000 0
`;
  expect([...parseUdpTable(table, "127.0.0.1", 9000)]).toEqual(["4711"]);
  expect([...parseUdpTable(table, "192.168.0.10", 9000)]).toEqual(["4713"]);
  expect([...udpSocketsTo("::1", 9000), ...udpSocketsTo("localhost", 9000)]).toEqual([]);
});

it("finds the process that holds such a socket, and its environment", needs("proc"), async () => {
  const receiver = createSocket("udp4").bind(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address();
  expect(udpSocketsTo("127.0.0.1", port).size).toBe(0);
  const sender = createSocket("udp4");
  const connected = once(sender, "connect");
  sender.connect(port, "127.0.0.1");
  await connected;
  const holders = socketHolders(udpSocketsTo("127.0.0.1", port), "");
  expect(holders.map(({ pid }) => pid)).toEqual([process.pid]);
  expect(socketHolders(udpSocketsTo("127.0.0.1", port), "no such command")).toEqual([]);
  expect(variableOf(process.pid, "PATH")).toBeTruthy();
  expect([variableOf(process.pid, "NO_SUCH_VARIABLE"), variableOf(2 ** 30, "PATH")]).toEqual([undefined, undefined]);
  sender.close();
  receiver.close();
});

it("titles of processes distinguish rigs", () => {
  expect(processTitle("lamp", "/tmp/vj-bus")).toBe("vj lamp");
  expect(processTitle("lamp", "/run/other")).toBe("vj lamp (/run/other)");
});
