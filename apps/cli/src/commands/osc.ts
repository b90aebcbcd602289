import { literalPrefix, messageOf, oscPattern } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import type { DroppedPackets } from "@vj/telemetry";
import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { aggregateLines } from "../osc/aggregate-view.ts";
import { DropReport } from "../osc/drop-report.ts";
import { filterHint, hintAfterMs } from "../osc/filter-hint.ts";
import { liveScreen } from "../osc/live-screen.ts";
import { formatOsc } from "../osc/osc-line.ts";
import { parseHost, parsePlace } from "../osc/place.ts";
import { sendOsc } from "../osc/send-osc.ts";
import { listen, tap } from "../osc/sources.ts";
import type { OnOsc, OnProblem, OscSource } from "../osc/sources.ts";
import { printError, printJson, printLine } from "../output.ts";
import { takeBack } from "../take-back.ts";
import { parseInteger } from "../values.ts";

interface OscOptions {
  port?: string | undefined;
  host: string;
  filter?: string[];
  tee?: string[];
  count?: string;
  raw?: boolean;
  json?: boolean;
}

export function command(): Command {
  return newCommand("osc", "Shows OSC as it arrives: from every worker on the bus, or from any sender on a port", [
    "osc",
    "osc --filter '/audio/b*' '/karaoke/{pos,track}' --raw",
    "osc --port 9000 --tee 127.0.0.1:9001",
    "osc send 127.0.0.1:7000 /composition/layers/1/clips/1/connect 1",
  ])
    .argument("[port]", "the same as --port")
    .option("--port <port>", "listen on this port; default: subscribe to the workers, which needs no target's port")
    .option("--host <address>", "with --port: the address to listen on; 0.0.0.0 for all of this machine", "127.0.0.1")
    .option("--filter <patterns...>", "only these: addresses with * ? [a-z] {a,b}; a * at the end also matches all parts below")
    .option("--tee <places...>", "with --port: pass every packet on to host:port, where the program that usually has this port receives meanwhile")
    .option("-n, --count <messages>", "end after this many")
    .option("--raw", "one line per message; default on a terminal: one line per address, updated in place")
    .option("--json", "one JSON line per message: {time, address, tags, args}")
    .action(osc)
    .addCommand(
      newCommand("send", "Sends one OSC message", ["osc send 127.0.0.1:7000 /layer/1/opacity 0.5", "osc send 9000 /text s:12 i:7 f:7"])
        .argument("<host:port>", "destination; a port alone means this machine")
        .argument("<address>", "for example /layer/1/opacity")
        .argument("[values...]", "7 is an int, 7.0 a float, anything else a text; i:7 f:7 s:7 to be sure")
        .action(sendOsc),
    );
}

const isPort = (word: string): boolean => /^\d+$/.test(word);

async function osc(place: string | undefined, given: OscOptions): Promise<void> {
  const filtered = takeBack(given.port ?? place, given.filter, isPort);
  const teed = takeBack(filtered.argument, given.tee, isPort);
  const options = { ...given, port: teed.argument, tee: teed.words };
  const patterns = filtered.words?.map(checkFilter);
  if (patterns !== undefined && patterns.length > 256) throw new CliError("more than 256 patterns", { hint: "a * or {a,b} takes several addresses together", exitCode: exitCodes.usage });
  const wanted = (address: string): boolean => patterns === undefined || patterns.some(({ matches }) => matches(address));
  const done = new AbortController();
  const stop = AbortSignal.any([interrupted(), done.signal]);
  let left = options.count === undefined ? Infinity : parseInteger(options.count, 1, 1_000_000_000);
  const live = process.stdout.isTTY && options.raw !== true && options.json !== true && options.count === undefined;
  const picture = live ? await livePicture(() => source.dropped()) : undefined;
  const print: OnOsc = (message, at) => {
    if (options.json === true) printJson({ time: at / 1000, address: message.address, tags: message.tags, args: message.args });
    else printLine(formatOsc(message, at));
  };
  const show = picture?.show ?? print;
  const onProblem = picture?.problem ?? ((text) => text !== undefined && printError(text));
  let seen: string | undefined;
  let fits: "none" | "hinted" | "some" = "none";
  const source = await openSource(options, patterns?.map(({ subscription }) => subscription), (message, at) => {
    seen = message.address;
    if (stop.aborted || !wanted(message.address)) return;
    if (fits === "hinted") onProblem(undefined);
    fits = "some";
    show(message, at);
    left -= 1;
    if (left <= 0) done.abort();
  }, onProblem);
  const hintTimer = patterns === undefined ? undefined : setInterval(() => {
    if (fits === "none" && !source.hasSender()) return;
    clearInterval(hintTimer);
    if (fits !== "none") return;
    fits = "hinted";
    onProblem(filterHint({ filters: filtered.words ?? [], onPort: options.port !== undefined, seen }));
  }, hintAfterMs);
  picture?.begin();
  const drops = new DropReport();
  const sayDrops = (now: number): void => drops.lines(source.dropped(), now).forEach(printError);
  // Printed lines would tear the live screen: it shows the worst sender below, and all are printed at the end.
  const dropTimer = live ? undefined : setInterval(() => sayDrops(performance.now()), 500);
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve());
  });
  clearInterval(dropTimer);
  clearInterval(hintTimer);
  picture?.end();
  sayDrops(Infinity);
  await source.close();
}

async function openSource(options: SourceOptions, subscriptions: readonly string[] | undefined, onMessage: OnOsc, onProblem: OnProblem): Promise<OscSource> {
  const tee = (options.tee ?? []).map(parsePlace);
  if (options.port !== undefined) return listen({ host: parseHost(options.host), port: parseInteger(options.port, 1, 65_535), tee }, onMessage, onProblem);
  if (tee.length > 0) throw new CliError("--tee needs --port", { hint: "to send the rig's own OSC to one more place: vj target add NAME host=… port=…", exitCode: exitCodes.usage });
  return tap(subscriptions, onMessage, onProblem);
}

interface SourceOptions {
  readonly port: string | undefined;
  readonly host: string;
  readonly tee: readonly string[] | undefined;
}

/** The newest message of each address on a screen of its own. Printed problems would be drawn over: the last one stands below, and is printed at the end. */
async function livePicture(dropped: () => readonly DroppedPackets[]): Promise<{ show: OnOsc; problem: OnProblem; begin: () => void; end: () => void }> {
  const { Latest } = await import("@vj/telemetry");
  const latest = new Latest();
  let leave: (() => void) | undefined;
  let problem: string | undefined;
  return {
    show: (message, at) => latest.update(message, at),
    problem: (text) => {
      problem = text;
    },
    begin: () => {
      leave = liveScreen((screen) => aggregateLines(latest.entries(Date.now()), screen, Date.now(), { overflow: latest.overflow, dropped: dropped(), problem }));
    },
    end: () => {
      leave?.();
      if (problem !== undefined) printError(problem);
    },
  };
}

interface Filter {
  matches(address: string): boolean;
  /** The pattern for a worker's subscription: workers know only addresses and beginnings. */
  readonly subscription: string;
}

function checkFilter(filter: string): Filter {
  if (filter.length > 200) throw new CliError("a pattern of more than 200 characters", { hint: "end it with a * earlier", exitCode: exitCodes.usage });
  if (!filter.startsWith("/")) {
    throw new CliError(`"${filter}" is not an OSC address`, { hint: "it begins with /, for example '/audio/*'", exitCode: exitCodes.usage });
  }
  try {
    const prefix = literalPrefix(filter);
    return { matches: oscPattern(filter), subscription: prefix === filter ? filter : `${prefix}*` };
  } catch (error) {
    throw new CliError(messageOf(error), { hint: "quote it, for example '/layer/[1-3]/*'", exitCode: exitCodes.usage });
  }
}
