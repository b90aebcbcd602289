// A request of about 190 bytes and its answer, validated on both sides, beside a bare socket that echoes as many bytes.
// The variants alternate, so that changes of load affect both.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { connect } from "@vj/control";
import { median, quantile, ratio, us } from "./report.mjs";

const rounds = 7;
const warmUp = 1000;
const calls = 4000;

/** @returns {Promise<import("./report.mjs").Table>} */
export async function controlRoundTrip() {
  const dir = mkdtempSync("/tmp/vj-b-");
  /** @type {import("node:child_process").ChildProcess[]} */
  const servers = [];
  /** @param {string} kind */
  const start = async (kind) => {
    const path = `${dir}/${kind}.sock`;
    const child = fork(`${import.meta.dirname}/echo-server.mjs`, [kind, path]);
    servers.push(child);
    await once(child, "message");
    return path;
  };

  const socket = connectSocket(await start("raw"));
  await once(socket, "connect");
  const payload = Buffer.alloc(190, 120);
  /** @type {() => Promise<void>} */
  const raw = () =>
    new Promise((resolve) => {
      let got = 0;
      /** @param {Buffer} chunk */
      const onData = (chunk) => {
        got += chunk.length;
        if (got < payload.length) return;
        socket.off("data", onData);
        resolve();
      };
      socket.on("data", onData);
      socket.write(payload);
    });

  const client = await connect(await start("bus"));
  const args = { enable_bpm: true, enable_spectrum: false, note: "x".repeat(90) };
  const bus = () => client.request("get_state", args);

  /** @param {() => Promise<unknown>} call @param {number} n */
  const time = async (call, n) => {
    /** @type {number[]} */
    const times = [];
    for (let i = 0; i < n; i++) {
      const before = performance.now();
      await call();
      times.push((performance.now() - before) * 1000);
    }
    return times;
  };
  /** @type {{ raw: number[][], bus: number[][] }} */
  const results = { raw: [], bus: [] };
  await time(raw, warmUp);
  await time(bus, warmUp);
  for (let round = 0; round < rounds; round++) {
    results.raw.push(await time(raw, calls));
    results.bus.push(await time(bus, calls));
  }
  /** @param {"raw" | "bus"} kind @param {number} q */
  const p = (kind, q) => median(results[kind].map((times) => quantile(times, q)));
  const pairs = results.bus.map((times, i) => ({ bus: median(times), raw: median(results.raw[i] ?? []) }));

  socket.destroy();
  await client.close();
  for (const server of servers) server.kill();
  rmSync(dir, { recursive: true, force: true });

  const [times, more] = [median(pairs.map(({ bus, raw }) => bus / raw)), median(pairs.map(({ bus, raw }) => bus - raw))];
  return {
    title: "Control round trip, 190 bytes, sequential",
    head: ["", "p50", "p99", "÷ raw p50", "− raw p50"],
    rows: [
      ["raw node:net echo (the limit)", us(p("raw", 0.5)), us(p("raw", 0.99)), ratio(1), us(0)],
      ["@vj/control, validated both sides (goal <= 1.4)", us(p("bus", 0.5)), us(p("bus", 0.99)), ratio(times), us(more)],
    ],
  };
}
