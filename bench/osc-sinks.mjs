// Opens UDP ports, reports them, and reads whatever comes there, until its parent ends it.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { report } from "./child-report.mjs";

for (let left = Number(process.argv[2]); left > 0; left -= 1) {
  const socket = createSocket("udp4", () => {});
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  report(socket.address().port);
}
