import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { explainTakenPort, isPortFree, nextFreePort, portOwner } from "../../src/index.ts";
import { fromLsof, socketsOf } from "../../src/port/owner.ts";

it("reads lsof: the listener, not the senders", () => {
  const output = ["p10", "cnode", "f20", "n127.0.0.1:50000->127.0.0.1:9000", "p4711", "cResolume", "f7", "n*:9000", ""].join("\n");
  expect(fromLsof(output, 9000)).toBe("Resolume (pid 4711)");
  expect(fromLsof(output, 900)).toBeUndefined();
  expect(fromLsof("", 9000)).toBeUndefined();
});

it("reads /proc/net: the sockets of the port, those that receive from anybody first", () => {
  const line = (local: string, remote: string, state: string, inode: number): string =>
    ` 1: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 2 0000000000000000 0`;
  const table = ["head", line("0100007F:2328", "0100007F:1770", "01", 11), line("00000000:2328", "00000000:0000", "07", 12), line("0100007F:2329", "00000000:0000", "07", 13), ""].join("\n");
  expect(socketsOf(table, "udp", 9000)).toEqual([{ inode: "12", uid: "1000" }, { inode: "11", uid: "1000" }]);
  const tcp = ["head", line("0100007F:0050", "0100007F:1770", "01", 14), line("0100007F:0050", "00000000:0000", "0A", 15)].join("\n");
  expect(socketsOf(tcp, "tcp", 80)).toEqual([{ inode: "15", uid: "1000" }]);
  expect(socketsOf("", "tcp", 80)).toEqual([]);
});

it("distinguishes a taken UDP port from a free one, and says who has it, which is free, and what to do", async () => {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  expect(await isPortFree("udp", port)).toBe(false);
  const free = await nextFreePort("udp", port);
  expect(free === undefined || free > port).toBe(true);
  const text = await explainTakenPort({ protocol: "udp", port, change: (next) => `vj osc --port ${next}` });
  expect(text).toMatch(new RegExp(`^UDP port ${port} is taken by .+; end it, or (?:take the next free one with: vj osc --port \\d+|choose another port)$`));
  // Only Linux shows it to everybody; elsewhere none is invented.
  expect(text.includes(`(pid ${process.pid})`) || process.platform !== "linux").toBe(true);
  const closed = once(socket, "close");
  socket.close();
  await closed;
  expect(await isPortFree("udp", port)).toBe(true);
  expect(await portOwner("udp", port)).toBeUndefined();
});

it("looks at one address: another may have the same port", async () => {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.2");
  await once(socket, "listening");
  expect(await isPortFree("udp", socket.address().port, "127.0.0.2")).toBe(false);
  socket.close();
});

it("does the same for TCP, whose ports are others", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  expect(await isPortFree("tcp", port)).toBe(false);
  expect(await explainTakenPort({ protocol: "tcp", port })).toMatch(new RegExp(`^TCP port ${port} is taken by .+; end it, or (?:take \\d+, which is free|choose another port)$`));
  server.close();
});
