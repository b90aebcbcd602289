// What osc_debugger receives of a flood at its own port, beside a bare socket that counts. In turns, by the same sender.
import { fork, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "@vj/control";
import { nextFreePort } from "@vj/telemetry";
import { rivalProgram } from "./rivals.mjs";
import { answeredBy } from "./worker-answers.mjs";
import { percent } from "../scripts/report.mjs";
import { runs, scratch } from "./session.mjs";

const perSecond = 20_000;
const seconds = runs(5, 1);
const bufferBytes = 8 * 1_048_576;

/** @returns {Promise<import("../scripts/report.mjs").Table>} */
export async function debuggerFlood() {
  const dir = scratch("/tmp/vj-df-");
  const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_OSC_TARGETS: "127.0.0.1:9", VJ_SUPERVISED: "1" };
  const child = spawn(process.execPath, [`${import.meta.dirname}/../apps/osc-debugger/bin/osc-debugger.js`], { env, stdio: "ignore" });
  try {
    await answeredBy(env, undefined, "osc_debugger");
    const client = await connect("osc_debugger", { busDir: env.VJ_BUS_DIR, reconnect: false });
    const state = (await client.request("get_state")).data ?? {};
    const sent = await flood(Number(Reflect.get(state, "osc_port")));
    const { addresses } = /** @type {{ addresses: { count: number }[] }} */ ((await client.request("get_addresses", { address: "/bench/flood" })).data);
    const received = addresses[0]?.count ?? 0;
    await client.close();
    const bare = await bareFlood();
    const liblo = await libloFlood();
    return {
      title: `OSC received by osc_debugger at ${perSecond}/s for ${seconds} s (goal: none lost)`,
      head: ["", "sent", "received", "lost"],
      rows: [
        ["osc_debugger", sent, received, percent((100 * (sent - received)) / sent)],
        ["bare socket (the limit)", bare.sent, bare.received, percent((100 * (bare.sent - bare.received)) / bare.sent)],
        liblo === undefined ? ["oscdump of liblo", "not installed", "", ""] : ["oscdump of liblo", liblo.sent, liblo.received, percent((100 * (liblo.sent - liblo.received)) / liblo.sent)],
      ],
    };
  } finally {
    child.kill();
  }
}

/** @param {number} port @returns {Promise<number>} datagrams sent; resolves a moment later */
async function flood(port) {
  const sender = fork(`${import.meta.dirname}/flood-sender.mjs`, [String(port), String(perSecond), String(seconds)]);
  const [[sent]] = await Promise.all([once(sender, "message"), once(sender, "exit")]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return Number(sent);
}

/** Lines that liblo's oscdump prints; undefined where it is not installed. */
async function libloFlood() {
  const program = rivalProgram("oscdump");
  if (program === undefined) return undefined;
  const port = await nextFreePort("udp", 20_000);
  if (port === undefined) return undefined;
  const child = spawn(program, [String(port)], { stdio: ["ignore", "pipe", "ignore"] });
  let received = 0;
  child.stdout.on("data", (/** @type {Buffer} */ piece) => {
    for (const byte of piece) if (byte === 10) received += 1;
  });
  await once(child, "spawn");
  await new Promise((resolve) => setTimeout(resolve, 500));
  const sent = await flood(port);
  const ended = once(child, "close");
  // Its output is buffered: an end by a signal that it handles writes the rest.
  child.kill("SIGINT");
  await ended;
  return { sent, received };
}

async function bareFlood() {
  let received = 0;
  const socket = createSocket({ type: "udp4", recvBufferSize: bufferBytes }, () => (received += 1));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const sent = await flood(socket.address().port);
  socket.close();
  return { sent, received };
}
