// `flood-sender.mjs <port> <per second> <seconds>`: sends /bench/flood at an even rate, then reports how many.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { encode } from "@vj/telemetry";
import { defineOscTable, int } from "@vj/schema";
import { report } from "./child-report.mjs";

const [port = 0, perSecond = 0, seconds = 0] = process.argv.slice(2).map(Number);
const table = defineOscTable({ "/bench/flood": { args: [int("number")], kind: "event", description: "One of a flood" } });
const socket = createSocket("udp4");
socket.connect(port, "127.0.0.1");
await once(socket, "connect");
const begun = performance.now();
let sent = 0;
const tick = () => {
  const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - begun) * perSecond) / 1000));
  for (; sent < due; sent++) {
    const encoded = encode("/bench/flood", table["/bench/flood"], [sent]);
    if (encoded.ok) socket.send(encoded.bytes);
  }
  if (sent < perSecond * seconds) setTimeout(tick, 1);
  else {
    report(sent);
    socket.close();
    process.disconnect?.();
  }
};
tick();
