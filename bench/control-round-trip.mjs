// A request of about 190 bytes and its answer, validated on both sides, beside a bare socket that echoes as many bytes and beside other
// libraries. The variants alternate, so that changes of load affect all of them, and caller and server are pinned to a processor each.
import { fork } from "node:child_process";
import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import { connect } from "@vj/control";
import { echoNames, echoOf } from "./echo/rivals.mjs";
import { pin, placement, unpin } from "./pin.mjs";
import { median, quantile, ratio, us } from "../scripts/report.mjs";
import { runs, scratch } from "./session.mjs";

const rounds = runs(7, 2);
const warmUp = runs(1000, 50);
const calls = runs(4000, 200);

/** One way to ask. @typedef {{ readonly name: string, readonly times: number[][], call(): Promise<unknown>, close(): unknown }} Variant */

/** @returns {Promise<import("../scripts/report.mjs").Table>} */
export async function controlRoundTrip() {
  const dir = scratch("/tmp/vj-b-");
  /** @type {import("node:child_process").ChildProcess[]} */
  const servers = [];
  /** @param {string} kind */
  const start = async (kind) => {
    const path = `${dir}/${kind}.sock`;
    const child = fork(`${import.meta.dirname}/echo/server.mjs`, [kind, path]);
    servers.push(child);
    await once(child, "message");
    if (child.pid !== undefined) pin(child.pid, 1);
    return path;
  };
  pin(process.pid, 0);
  try {
    const rivals = echoNames.map((name) => ({ name, echo: echoOf(name) }));
    const variants = [await rawEcho(await start("raw")), await ours(await start("bus"))];
    for (const { name, echo } of rivals) if (echo !== undefined) variants.push({ name, times: [], ...(await echo.open(await start(name))) });
    for (const { call } of variants) await time(call, warmUp);
    for (let round = 0; round < rounds; round++) for (const { call, times } of variants) times.push(await time(call, calls));
    for (const { close } of variants) await close();
    const [raw] = variants;
    return {
      title: `Control round trip, 190 bytes, one after the other; ${placement}`,
      head: ["", "p50", "p99", "÷ raw, each round", "− raw, each round"],
      rows: [...variants.map((variant) => rowOf(variant, raw)), ...rivals.flatMap(({ name, echo }) => (echo === undefined ? [[name, "not installed", "", "", ""]] : []))],
    };
  } finally {
    unpin(process.pid);
    for (const server of servers) server.kill();
  }
}

/** Compared round by round with the bare echo. @param {Variant} variant @param {Variant | undefined} raw */
function rowOf({ name, times }, raw) {
  const pairs = times.map((round, i) => ({ own: median(round), raw: median(raw?.times[i] ?? []) }));
  const p = (/** @type {number} */ q) => us(median(times.map((round) => quantile(round, q))));
  return [name, p(0.5), p(0.99), ratio(median(pairs.map((pair) => pair.own / pair.raw))), us(median(pairs.map((pair) => pair.own - pair.raw)))];
}

/** @param {string} path @returns {Promise<Variant>} */
async function rawEcho(path) {
  const socket = connectSocket(path);
  await once(socket, "connect");
  const payload = Buffer.alloc(190, 120);
  let got = 0;
  /** @type {() => void} */
  let done = () => {};
  socket.on("data", (/** @type {Buffer} */ chunk) => {
    got += chunk.length;
    if (got >= payload.length) done();
  });
  const call = () =>
    new Promise((/** @type {(value?: void) => void} */ resolve) => {
      [got, done] = [0, resolve];
      socket.write(payload);
    });
  return { name: "raw node:net echo (the limit)", times: [], call, close: () => socket.destroy() };
}

/** @param {string} path @returns {Promise<Variant>} */
async function ours(path) {
  const client = await connect(path);
  const args = { enable_bpm: true, enable_spectrum: false, note: "x".repeat(90) };
  return { name: "@vj/control, validated both sides (goal: raw + 12 µs)", times: [], call: () => client.request("get_state", args), close: () => client.close() };
}

/** Microseconds of each call. @param {() => Promise<unknown>} call @param {number} n */
async function time(call, n) {
  /** @type {number[]} */
  const times = [];
  for (let i = 0; i < n; i++) {
    const before = performance.now();
    await call();
    times.push((performance.now() - before) * 1000);
  }
  return times;
}
