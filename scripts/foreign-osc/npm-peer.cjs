// `npm-peer.cjs <package> <folder of node_modules> <our port> <its port>`: prints its port, then each message that comes as JSON, and sends one to ours.
const { createRequire } = require("node:module");
const { createSocket } = require("node:dgram");

const [name, folder, ours, own] = process.argv.slice(2);
const load = createRequire(`${folder}/`);
const say = (value) => console.log(JSON.stringify(value));
const [port, target] = [Number(own), Number(ours)];

if (name === "osc") {
  const { UDPPort } = load("osc");
  const udp = new UDPPort({ localAddress: "127.0.0.1", localPort: port, remoteAddress: "127.0.0.1", remotePort: target, metadata: true });
  udp.on("message", ({ address, args }) => say([address, args.map(({ type }) => type).join(""), args.map(({ value }) => value)]));
  udp.on("ready", () => {
    say(port);
    udp.send({ address: "/from/peer", args: [{ type: "i", value: -7 }, { type: "f", value: 0.5 }, { type: "s", value: "text" }] });
  });
  udp.on("error", (error) => console.error(error));
  udp.open();
} else if (name === "node-osc") {
  const { Client, Server } = load("node-osc");
  const server = new Server(port, "127.0.0.1", () => {
    say(port);
    new Client("127.0.0.1", target).send({ address: "/from/peer", args: [{ type: "integer", value: -7 }, { type: "float", value: 0.5 }, { type: "string", value: "text" }] }, () => {});
  });
  const take = ([address, ...args]) => say([address, "", args]);
  server.on("message", take);
  server.on("bundle", ({ elements }) => elements.forEach(take));
} else {
  // osc-js, its codec alone: its sockets are for browsers and a bridge.
  const OSC = load("osc-js");
  const socket = createSocket("udp4", (bytes) => {
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const read = bytes[0] === 0x23 ? new OSC.Bundle() : new OSC.Message();
    read.unpack(data);
    for (const one of read instanceof OSC.Bundle ? read.bundleElements : [read]) say([one.address, one.types.slice(1), one.args]);
  });
  socket.bind(port, "127.0.0.1", () => {
    say(port);
    const message = new OSC.TypedMessage("/from/peer");
    message.add("i", -7);
    message.add("f", 0.5);
    message.add("s", "text");
    socket.send(message.pack(), target, "127.0.0.1");
  });
}
