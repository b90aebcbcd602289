// Median of one request and its answer, µs: client and worker of one checkout.
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { median } from "../../scripts/report.mjs";
import { finish, load, root } from "./load.mjs";

const warmUp = 1000;
const calls = 4000;

/** @type {typeof import("@vj/control")} */
const { connect } = await load("control");
const dir = mkdtempSync("/tmp/vj-c-");
// Older states of the code have it in another place.
const [program = ""] = ["echo/server.mjs", "echo-server.mjs"].map((file) => `${root}/bench/${file}`).filter((file) => existsSync(file));
const server = fork(program, ["bus", `${dir}/bus.sock`]);
await once(server, "message");
const client = await connect(`${dir}/bus.sock`);
const times = [];
for (let i = 0; i < warmUp + calls; i++) {
  const before = performance.now();
  await client.request("get_state", { enable_bpm: true, enable_spectrum: false, note: "x".repeat(90) });
  if (i >= warmUp) times.push((performance.now() - before) * 1000);
}
await client.close();
server.kill();
rmSync(dir, { recursive: true, force: true });
finish(median(times));
