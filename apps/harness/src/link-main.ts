import { spawn } from "node:child_process";
import { once } from "node:events";
import { messageOf } from "@vj/schema";
import { program } from "commander";
import { endAfterUs } from "./after-us.ts";
import { readCommandLine } from "./command-line.ts";
import { beginRun } from "./long-run.ts";
import { runLink } from "./link/run-link.ts";
import { parseMinutes, parseNewFile } from "./options.ts";

const options = readCommandLine(
  program
    .name("link-check")
    .description("Runs the analyzer and sync_bridge beside a peer of the official Link library, over music that changes its tempo three times")
    .option("--minutes <n>", "minutes, in real time; also 90s or 10m", parseMinutes, 10)
    .option("--keep <file>", "writes all that was seen, as JSON, into this new file", parseNewFile)
    .addHelpText("after", "\nExample:\n  pnpm link-check --minutes 4\nNeeds Linux, root, g++ and the Debian packages ableton-link-dev, libasio-dev, iproute2."),
).opts<{ minutes: number; keep?: string }>();

const inside = "VJ_LINK_NETWORK";
// Link's port is fixed: a network of its own keeps it apart from programs on this machine.
if (process.env[inside] === undefined) {
  const network = 'ip link set lo up multicast on && ip route add 224.0.0.0/4 dev lo && exec "$@"';
  // The process in the network cleans up; this one ends with it. Ctrl-C may reach both: that is one request.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void child.kill(signal));
  const child = spawn("unshare", ["--net", "sh", "-c", network, "sh", process.execPath, ...process.argv.slice(1)], {
    stdio: "inherit",
    env: { ...process.env, [inside]: "1" },
  });
  const hasEnded = child.pid === undefined ? undefined : endAfterUs(child.pid);
  try {
    const [status]: unknown[] = await once(child, "exit");
    process.exitCode = typeof status === "number" ? status : 2;
  } catch (error) {
    console.error(`unshare cannot be started: ${messageOf(error)}; install util-linux`);
    process.exitCode = 2;
  }
  hasEnded?.();
} else {
  const run = beginRun(program.name(), true);
  const report = await run.attempt(() => runLink({ ...options, ...run }));
  console.log(`\n${report.join("\n")}`);
  run.end(0);
}
