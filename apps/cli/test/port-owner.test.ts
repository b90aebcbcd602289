import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, it } from "vitest";
import { fromLsof, fromSs, isUdpPortFree, nextFreePort } from "../src/osc/port-owner.ts";

it("reads lsof: the listener, not the senders", () => {
  const output = ["p10", "cnode", "f20", "n127.0.0.1:50000->127.0.0.1:9000", "p4711", "cResolume", "f7", "n*:9000", ""].join("\n");
  expect(fromLsof(output, 9000)).toBe("Resolume (pid 4711)");
  expect(fromLsof(output, 900)).toBeUndefined();
  expect(fromLsof("", 9000)).toBeUndefined();
});

it("reads ss", () => {
  const output = 'UNCONN 0 0 127.0.0.1:9000 0.0.0.0:* users:(("node",pid=6017,fd=18))\n';
  expect(fromSs(output)).toBe("node (pid 6017)");
  expect(fromSs("UNCONN 0 0 127.0.0.1:9000 0.0.0.0:*\n")).toBeUndefined();
});

it("distinguishes a taken port from a free one, and finds the next", async () => {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  expect(await isUdpPortFree(port)).toBe(false);
  const next = await nextFreePort(port);
  expect(next === undefined || next > port).toBe(true);
  const closed = once(socket, "close");
  socket.close();
  await closed;
  expect(await isUdpPortFree(port)).toBe(true);
});
