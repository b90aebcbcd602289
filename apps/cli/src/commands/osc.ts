import { busDir } from "@vj/control";
import { matchesAddress } from "@vj/schema";
import type { DroppedPackets, OscMessage } from "@vj/telemetry";
import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { DropReport } from "../osc/drop-report.ts";
import { formatOsc } from "../osc/osc-line.ts";
import { isUdpPortFree, nextFreePort, udpPortOwner } from "../osc/port-owner.ts";
import { printError, printJson, printLine } from "../output.ts";
import { interrupted } from "../signals.ts";
import { parseInteger } from "../values.ts";

interface OscOptions {
  port?: string;
  filter?: string[];
  count?: string;
  json?: boolean;
}

export function command(): Command {
  return newCommand("osc", "Shows OSC as it arrives: from every worker on the bus, or from any sender on a port", [
    "osc --filter '/audio/b*'",
    "osc --port 9000 --json",
  ])
    .option("--port <port>", "listen on this port instead of subscribing to the workers, which leaves every target's port free")
    .option("--filter <addresses...>", "only these: an address, or a prefix that ends in *")
    .option("-n, --count <messages>", "end after this many")
    .option("--json", "one JSON line per message: {time, address, tags, args}")
    .action(osc);
}

async function osc(options: OscOptions): Promise<void> {
  const filter = options.filter?.map(checkFilter);
  const port = options.port === undefined ? 0 : parseInteger(options.port, 1, 65_535);
  const done = new AbortController();
  const stop = AbortSignal.any([interrupted(), done.signal]);
  let left = options.count === undefined ? Infinity : parseInteger(options.count, 1, 1_000_000_000);
  const onMessage = (message: OscMessage, at: number): void => {
    if (stop.aborted || !matchesAddress(message.address, filter)) return;
    if (options.json === true) printJson({ time: at / 1000, address: message.address, tags: message.tags, args: message.args });
    else printLine(formatOsc(message, at));
    left -= 1;
    if (left <= 0) done.abort();
  };
  const source = port === 0 ? await tap(filter, onMessage) : await listen(port, onMessage);
  const drops = new DropReport();
  const sayDrops = (now: number): void => drops.lines(source.dropped(), now).forEach(printError);
  const dropTimer = setInterval(() => sayDrops(performance.now()), 500);
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve());
  });
  clearInterval(dropTimer);
  sayDrops(Infinity);
  await source.close();
}

/** A source of OSC messages. */
interface OscSource {
  dropped(): DroppedPackets[];
  close(): Promise<void> | void;
}

/** Receives packets of any sender on a port. */
async function listen(port: number, onMessage: (message: OscMessage, at: number) => void): Promise<OscSource> {
  const { createReceiver } = await import("@vj/telemetry");
  try {
    const receiver = await createReceiver({ port, onMessage });
    printError(`listening on UDP port ${port}`);
    return { dropped: () => receiver.stats().dropped, close: receiver.close };
  } catch (error) {
    if (await isUdpPortFree(port)) throw error;
    const [owner, free] = await Promise.all([udpPortOwner(port), nextFreePort(port)]);
    const instead = free === undefined ? "" : `, or listen elsewhere: vj osc --port ${free}`;
    throw new CliError(`UDP port ${port} is taken by ${owner ?? "another program"}`, {
      hint: `leave out --port to see the same through the bus${instead}`,
      cause: error,
    });
  }
}

/** Receives only packets of the workers on the bus. */
async function tap(addresses: readonly string[] | undefined, onMessage: (message: OscMessage, at: number) => void): Promise<OscSource> {
  const [{ Dropped }, { openRig }] = await Promise.all([import("@vj/telemetry"), import("@vj/rig")]);
  const dropped = new Dropped();
  const rig = openRig({ busDir: busDir(), states: false });
  rig.on("problem", printError);
  rig.listen(addresses, onMessage, { onMalformed: (sender, reason) => dropped.add(sender, reason) });
  const timer = setTimeout(() => {
    if (!Object.values(rig.state.workers).some(({ subscribed }) => subscribed)) printError("no worker is running yet; start the rig with: vj up");
  }, 1000);
  return {
    dropped: () => dropped.list(),
    close: () => {
      clearTimeout(timer);
      rig.close();
    },
  };
}

function checkFilter(filter: string): string {
  if (filter.startsWith("/")) return filter;
  throw new CliError(`"${filter}" is not an OSC address`, { hint: "it begins with /, for example '/audio/*'", exitCode: exitCodes.usage });
}
