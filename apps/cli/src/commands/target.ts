import { playPattern, resendStates, testPattern } from "@vj/rig/receiver";
import { placeText, resolveTarget, targetPresetNames, targetPresets, targetShapes } from "@vj/schema";
import type { Target, TargetInput, TargetPreset } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { usedTargets } from "../doctor/worker-targets.ts";
import type { UsedTarget } from "../doctor/worker-targets.ts";
import { runningStates } from "../running-states.ts";
import { newCommand, withSafeErrors } from "../new-command.ts";
import { printError, printJson, printLine, printTable } from "../output.ts";
import { tablesOfRig } from "../targets/rig-tables.ts";
import { changeTargetList, findTarget, readTargetList, readTargetsInForce } from "../targets/target-list.ts";
import { presetHint, presetNamed, sharingPlace, targetKeys } from "../targets/target-keys.ts";
import { targetRemarks } from "../targets/unmatched-rules.ts";
import { shellWord } from "../shell-word.ts";
import { takeBack } from "../take-back.ts";
import { parseInteger } from "../values.ts";

const keysHelp = `
Keys of a target (docs/osc.md has an example of each):
  host, port, preset, enabled   where it is
  shape                         ${targetShapes.join(", ")}
  only, not                     addresses, or beginnings that end in *: 'only=/audio/*,/karaoke/*'
  rename, prefix                rename=/audio/level/bass:/layer/1,/audio/level/mid:/layer/2 prefix=/vj
  rate, on_change               messages per second of each address; only what changes
  text                          utf8 or ascii
  safe                          true limits flashes`;

export function command(): Command {
  return withSafeErrors(new Command("target"))
    .description("Shows and changes where OSC goes, and how it looks there")
    .exitOverride()
    .addCommand(
      newCommand("list", "Lists the targets, whether their messages arrive, and rules without effect", ["target list", "target list --json"])
        .alias("ls")
        .option("--json", "one JSON object: {targets, from, file, flows}: as written, and what arrives; with fault while the file is broken")
        .action(list),
    )
    .addCommand(newCommand("presets", "Lists the presets for VJ programs", ["target presets"]).option("--json", "one JSON object").action(presets))
    .addCommand(
      newCommand("add", "Adds a target, if there is one with the preset of its program", ["target add resolume", "target add wall --preset resolume host=192.168.1.20", "target add lamp port=7700 shape=flat rate=30"])
        .argument("<name>", "any name; the name of a preset also selects that preset")
        .argument("[key=value...]", "keys of the target")
        .option("--preset <name>", targetPresetNames.join(", "))
        .addHelpText("after", keysHelp)
        .action(add),
    )
    .addCommand(
      newCommand("set", "Changes keys of a target; key=null goes back to the preset, else to the default", ["target set resolume rate=30 on_change=true"])
        .argument("<name>", "its name")
        .argument("<key=value...>", "keys of the target")
        .addHelpText("after", keysHelp)
        .action(change),
    )
    .addCommand(newCommand("remove", "Removes a target", ["target remove resolume"]).alias("rm").argument("<name>", "its name").action(remove))
    .addCommand(newCommand("on", "Sends to a target again", ["target on resolume"]).argument("<name>", "its name").action((name: string) => change(name, ["enabled=true"])))
    .addCommand(newCommand("off", "Keeps a target but sends nothing to it", ["target off resolume"]).argument("<name>", "its name").action((name: string) => change(name, ["enabled=false"])))
    .addCommand(
      newCommand("test", "Plays a pattern on every address of a target, one after the other, so that its program can learn them", ["target test resolume", "target test resolume --only '/audio/hit/*' --seconds 30"])
        .usage("[options] <name>")
        .argument("[name]", "its name")
        .option("--seconds <seconds>", "how long the pattern takes", "10")
        .option("--only <addresses...>", "only these: addresses of its shape, before rename and prefix, or beginnings that end in *")
        .action(test),
    )
    .addCommand(newCommand("resend", "Sends a target all states and lists as they stand: track, lyrics, mood", ["target resend resolume"]).argument("<name>", "its name").action(resend))
    .addHelpText("after", "\nExample:\n  vj target add resolume && vj target test resolume");
}

async function list({ json = false }: { json?: boolean }): Promise<void> {
  const { list: { targets, from, file }, fault } = await readTargetsInForce();
  if (fault !== undefined) process.exitCode = exitCodes.failed;
  const { targets: used } = usedTargets(await runningStates());
  if (json) return printJson({ targets, from, file, flows: used, ...(fault === undefined ? {} : { fault }) });
  const rows = targets.map((target) => {
    const { host, port, enabled, view } = resolveTarget(target);
    const place = placeText({ host, port });
    const flow = used.find((one) => one.place === place && one.name === target.name);
    const marks = [view.safe ? "safe" : "", view.rate === undefined ? "" : `${view.rate}/s`, view.on_change ? "on change" : "", view.prefix, view.text === "ascii" ? "ascii" : "", ...ruleMarks(target)].filter((mark) => mark !== "");
    return [target.name, place, view.shape, target.preset ?? "-", marks.join(", ") || "-", enabled ? stateOf(flow) : "off"];
  });
  printTable(["TARGET", "WHERE", "SHAPE", "PRESET", "VIEW", "STATE"], rows);
  const table = await tablesOfRig();
  for (const target of targets) for (const remark of targetRemarks(target, table)) printLine(`${target.name}: ${remark}`);
  if (targets.length === 0) printLine("nothing is sent: add a target with: vj target add resolume");
  if (fault === undefined) printLine(from === "file" ? `from ${file}` : from === "environment" ? "from VJ_OSC_TARGETS in the environment" : `the default: ${file} is not there`);
  else printError(`${fault}; ${from === "last_good" ? "the last good targets stay in force" : "the default is in force, as there are no earlier targets"}`);
}

/** How many rules of its own a target has; those of its preset are known. */
function ruleMarks({ only = [], not = [], rename = [] }: TargetInput): string[] {
  return Object.entries({ only, not, rename }).filter(([, rules]) => rules.length > 0).map(([key, rules]) => `${rules.length} ${key}`);
}

/** What became of the messages to one target, in words; undefined: no running worker has it. */
export function stateOf(flow: UsedTarget | undefined): string {
  if (flow === undefined) return "no worker sends to it";
  if (flow.unreachable.length > 0) return flow.problem === undefined ? "cannot be reached" : flow.problem;
  const isFaulty = flow.errors + flow.dropped > 0;
  const counts = `${flow.sent} datagrams${isFaulty ? `, ${flow.errors} errors, ${flow.dropped} dropped` : ""}`;
  if (flow.refused) return `nobody listens (${counts})`;
  return isFaulty && flow.problem !== undefined ? `${flow.problem} (${counts})` : counts;
}

function presets({ json = false }: { json?: boolean }): void {
  if (json) return printJson(targetPresets);
  const all: Readonly<Record<string, TargetPreset>> = targetPresets;
  const rows = Object.entries(all).map(([name, { program, port, shape, certainty }]) => [name, port === undefined ? "-" : String(port), shape, program, certainty]);
  printTable(["PRESET", "PORT", "SHAPE", "PROGRAM", "CERTAINTY"], rows);
}

async function add(name: string, words: string[], options: { preset?: string }): Promise<void> {
  const keys = targetKeys(words);
  if (keys["name"] !== undefined) throw new CliError("the name is given twice", { hint: `leave out name=…; the word after add is the name: ${name}`, exitCode: exitCodes.usage });
  const preset = options.preset ?? (keys["preset"] === undefined ? presetNamed(name) : undefined);
  const added: Record<string, unknown> = { name, ...(preset === undefined ? {} : { preset }), ...keys };
  const { message, targets } = await changeTargetList((known) => {
    if (!known.some((target) => target.name === name)) return [...known, added];
    throw new CliError(`there is a target "${name}" already`, { hint: `change it with: vj target set ${shellWord(name)} key=value, or take another name`, exitCode: exitCodes.usage });
  }, presetHint(name, added["preset"]));
  printLine(message);
  await say(targets, name);
}

async function change(name: string, words: string[]): Promise<void> {
  const keys = targetKeys(words);
  const { message, targets } = await changeTargetList((known) => {
    const target = findTarget(known, name);
    const changed = Object.fromEntries(Object.entries({ ...target, ...keys }).filter(([, value]) => value !== null));
    return known.map((one) => (one === target ? changed : one));
  });
  printLine(message);
  await say(targets, typeof keys["name"] === "string" ? keys["name"] : name);
}

/** What a person must set in the other program, and rules that are mistyped. */
async function say(targets: readonly TargetInput[], name: string): Promise<void> {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) return;
  const { host, port, enabled, view } = resolveTarget(target);
  for (const remark of targetRemarks(target, await tablesOfRig())) printLine(`${name}: ${remark}`);
  for (const other of sharingPlace(target, targets)) printLine(`${other} sends to ${placeText({ host, port })}, too: what both send arrives there twice; end that with: vj target off ${shellWord(other)}`);
  printLine(enabled ? `${name} gets ${view.shape} OSC at ${placeText({ host, port })}; see it arrive with: vj target test ${shellWord(name)}` : `${name} is off; switch it on with: vj target on ${shellWord(name)}`);
}

async function remove(name: string): Promise<void> {
  const { message } = await changeTargetList((known) => {
    const target = findTarget(known, name);
    return known.filter((one) => one !== target);
  });
  printLine(message);
}

async function test(given: string | undefined, options: { seconds: string; only?: string[] }): Promise<void> {
  const { argument: name, words: only } = takeBack(given, options.only, (word) => !word.startsWith("/"));
  if (name === undefined) throw new CliError("which target?", { hint: "see them with: vj target list", exitCode: exitCodes.usage });
  const target = resolveTarget(findTarget((await readTargetList()).targets, name));
  const seconds = parseInteger(options.seconds, 1, 3600);
  const view = { ...target.view, safe: false, rate: undefined, only: only === undefined ? target.view.only : [...only] };
  const table = await tablesOfRig();
  if (testPattern(table, view).length === 0) throw nothingLeft(target, only);
  printLine(`playing a pattern of ${seconds} s to ${placeText(target)}; ctrl-c ends it`);
  let shown = "";
  const { sent, refused } = await playPattern({
    table,
    target: { ...target, view },
    seconds,
    signal: interrupted(),
    onStep: ({ as }) => {
      if (as !== shown) printLine(as);
      shown = as;
    },
    onProblem: printError,
  });
  if (refused) throw nobodyListens(target);
  if (sent === 0) throw nothingSent(target);
  printLine(`${sent} datagrams sent; the states as they stand: vj target resend ${shellWord(name)}`);
}

async function resend(name: string): Promise<void> {
  const target = resolveTarget(findTarget((await readTargetList()).targets, name));
  const { messages: sent, datagrams, refused } = await resendStates({ table: await tablesOfRig(), target });
  if (refused) throw nobodyListens(target);
  if (sent > 0 && datagrams === 0) throw nothingSent(target);
  printLine(sent === 0 ? "no worker has a state to send; start the rig with: vj up" : `${sent} states and list items sent to ${placeText(target)}`);
}

function nobodyListens(target: Target): CliError {
  return new CliError(`nobody listens at ${placeText(target)}`, { hint: `start its program, and let it receive OSC on port ${target.port}` });
}

function nothingSent(target: Target): CliError {
  return new CliError(`nothing went out to ${placeText(target)}`, { hint: "its host cannot be reached, or only and not leave no address; see it with: vj target list" });
}

/** @param only what was asked for; undefined: everything */
function nothingLeft({ name, view }: ReturnType<typeof resolveTarget>, only: readonly string[] | undefined): CliError {
  const what = only === undefined ? `only and not of target "${name}" leave no address` : `${only.join(" ")} fits no address that target "${name}" gets`;
  return new CliError(what, { hint: `it gets the ${view.shape} shape; --only takes addresses as they are before rename and prefix` });
}
