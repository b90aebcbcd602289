import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, it } from "vitest";
import { mdnsFault } from "../src/mdns-fault.ts";

function faultOfReading(at: number): unknown {
  try {
    return Buffer.alloc(4).readUInt16BE(at);
  } catch (error) {
    return error;
  }
}

it("damaged packets are one fault, however they differ", () => {
  const texts = [faultOfReading(75), faultOfReading(251), new Error("Cannot decode name (bad pointer)")].map((error) => mdnsFault("10.0.0.7", error));
  expect(new Set(texts)).toEqual(new Set(["multicast DNS on 10.0.0.7: packets that cannot be read are left out; another program sends them to port 5353"]));
});

it("a fault of the system is named", async () => {
  const socket = createSocket("udp4");
  socket.bind(0, "203.0.113.1");
  const [error]: unknown[] = await once(socket, "error");
  socket.close();
  expect(mdnsFault("203.0.113.1", error)).toContain("EADDRNOTAVAIL");
});
