// What osc_debugger receives of a flood at its own port, beside a bare socket that counts. In turns, by the same sender.
import { fork, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "@vj/control";
import { answeredBy } from "./worker-answers.mjs";
import { percent } from "./report.mjs";

const perSecond = 20_000;
const seconds = 5;
const bufferBytes = 8 * 1_048_576;

/** @returns {Promise<import("./report.mjs").Table>} */
export async function debuggerFlood() {
  const dir = mkdtempSync("/tmp/vj-df-");
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
    return {
      title: `OSC received by osc_debugger at ${perSecond}/s for ${seconds} s (goal: none lost)`,
      head: ["", "sent", "received", "lost"],
      rows: [
        ["osc_debugger", sent, received, percent((100 * (sent - received)) / sent)],
        ["bare socket", bare.sent, bare.received, percent((100 * (bare.sent - bare.received)) / bare.sent)],
      ],
    };
  } finally {
    child.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @param {number} port @returns {Promise<number>} datagrams sent; resolves a moment later */
async function flood(port) {
  const sender = fork(`${import.meta.dirname}/flood-sender.mjs`, [String(port), String(perSecond), String(seconds)]);
  const [[sent]] = await Promise.all([once(sender, "message"), once(sender, "exit")]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return Number(sent);
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
