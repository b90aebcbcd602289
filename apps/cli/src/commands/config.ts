import { existsSync } from "node:fs";
import path from "node:path";
import { busDir, logFolder } from "@vj/control";
import { probe, scan } from "@vj/discovery";
import { limits } from "@vj/schema";
import type { WorkerState } from "@vj/schema";
import { readEnvironment, schemaAway } from "@vj/worker";
import { Command } from "commander";
import { accepted } from "@vj/rig/manager";
import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { connectIfRunning } from "../connect-worker.ts";
import { setAway, stateAway } from "../set-away.ts";
import { newCommand, withSafeErrors } from "../new-command.ts";
import { printJson, printLine, printTable, toSafeJson } from "../output.ts";
import { requestTyped, withTexts } from "../text-values.ts";
import { parseValues } from "../values.ts";

export function command(): Command {
  return withSafeErrors(new Command("config"))
    .description("Shows and changes the settings of workers, whether they run or not")
    .exitOverride()
    .addCommand(
      newCommand("show", "Shows the settings in force of all running workers, or of one worker, running or not", ["config show", "config show audio_analyzer --origin"])
        .argument("[worker]", "only of this one")
        .option("--origin", "also the origin of each value: environment, file or default")
        .option("--json", "one JSON object: worker -> settings")
        .action(show),
    )
    .addCommand(
      newCommand("set", "Changes and saves settings of a worker; one that does not run gets them when it starts", ["config set audio_analyzer enable_pitch=true"])
        .argument("<worker>", "its name")
        .argument("<key=value...>", "true, false, numbers and JSON are read as such, unless the setting is a text; anything else is text")
        .action(set),
    )
    .addCommand(
      newCommand("path", "Shows where settings, targets.json, data, cache, sockets and logs are", ["config path", "config path --json"])
        .option("--json", "one JSON object")
        .action(paths),
    )
    .addHelpText("after", "\nExample:\n  vj config show audio_analyzer --origin");
}

async function show(worker: string | undefined, { origin = false, json = false }: { origin?: boolean; json?: boolean }): Promise<void> {
  const states: Record<string, Settings> = worker === undefined ? await everyState() : { [worker]: await stateOf(worker) };
  if (json) {
    printJson(Object.fromEntries(Object.entries(states).map(([name, state]) => [name, settingsOf(state, origin)])));
    return;
  }
  for (const [name, state] of Object.entries(states)) {
    for (const [key, { value, from }] of Object.entries(withOrigins(state))) {
      printLine(`${name} ${key}=${toSafeJson(value)}${origin ? `  (${from})` : ""}`);
    }
  }
}

async function set(worker: string, words: string[]): Promise<void> {
  const changes = parseValues(words);
  const client = await connectIfRunning(worker);
  if (client === undefined) return setAway(worker, withTexts(words, changes, schemaAway(readEnvironment(), worker)));
  try {
    const reply = accepted(await requestTyped(client, "set_config", { words, values: changes }, limits.slowReplyMs));
    printLine(reply.message ?? "done");
  } finally {
    await client.close();
  }
}

function paths({ json = false }: { json?: boolean }): void {
  const { configDir, dataDir, cacheDir } = readEnvironment();
  const bus = busDir();
  const places = {
    settings: path.join(configDir, "<worker>.json"),
    targets: path.join(configDir, "targets.json"),
    data: dataDir,
    cache: cacheDir,
    sockets: bus,
    logs: logFolder(bus),
  };
  if (json) return printJson(places);
  const rows = Object.entries(places).map(([what, place]) => [what, place, what === "settings" || existsSync(place) ? "" : "not there yet"]);
  printTable(["WHAT", "WHERE", ""], rows);
}

async function stateOf(worker: string): Promise<Settings> {
  const client = await connectIfRunning(worker);
  if (client === undefined) return stateAway(worker);
  await client.close();
  const found = await probe(worker);
  if (found.status === "alive") return found.state;
  throw new CliError(`${worker} does not answer`, { hint: `see its log with: vj logs ${worker}` });
}

async function everyState(): Promise<Record<string, WorkerState>> {
  const found = await Promise.all(scan().map(async (name) => ({ name, result: await probe(name) })));
  const alive = found.flatMap(({ name, result }) => (result.status === "alive" ? [[name, result.state] as const] : []));
  if (alive.length === 0) throw new CliError("no worker is running", { hint: "start the rig with: vj up" });
  return Object.fromEntries(alive);
}

/** The part of a worker's state shown here. */
type Settings = Pick<WorkerState, "config"> & { readonly config_origin?: unknown };

interface Setting {
  value: unknown;
  from: string;
}

const originsSchema = z.record(z.string(), z.string()).catch({});

function withOrigins({ config, config_origin: origins }: Settings): Record<string, Setting> {
  const from = originsSchema.parse(origins);
  return Object.fromEntries(Object.entries(config ?? {}).map(([key, value]) => [key, { value, from: from[key] ?? "unknown" }]));
}

function settingsOf(state: Settings, origin: boolean): Record<string, unknown> {
  return origin ? withOrigins(state) : { ...state.config };
}
