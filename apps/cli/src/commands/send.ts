import type { Command } from "commander";
import { refusalOf, sanitizeText } from "@vj/schema";
import { exitCodes } from "../cli-error.ts";
import { connectWorker } from "../connect-worker.ts";
import { newCommand } from "../new-command.ts";
import { printJson } from "../output.ts";
import { requestTyped } from "../text-values.ts";
import { parseInteger, parseValues } from "../values.ts";

export function command(): Command {
  return newCommand("send", "Sends a command to a worker and prints its reply as JSON (exit 1 when it is refused)", [
    "send audio_analyzer get_state",
    "send audio_analyzer set_config enable_bpm=false",
    "send lyrics_fetcher fetch_lyrics artist=Ada title='Night Train'",
  ])
    .argument("<worker>", "name of the worker")
    .argument("<cmd>", "command; the worker's describe command lists them")
    .argument("[key=value...]", "arguments: true, false, numbers and JSON are read as such, unless the argument is a text; anything else is text")
    .option("--timeout <ms>", "how long to wait for the reply", "5000")
    .action(send);
}

async function send(worker: string, cmd: string, words: string[], { timeout }: { timeout: string }): Promise<void> {
  const args = parseValues(words);
  const timeoutMs = parseInteger(timeout, 1, 3_600_000);
  const client = await connectWorker(worker);
  try {
    const reply = await requestTyped(client, cmd, { words, values: args }, timeoutMs);
    printJson(reply);
    // In a terminal the person sees the reply already.
    if (!process.stdout.isTTY) for (const { path, message } of refusalOf(reply)?.issues ?? []) process.stderr.write(`vj: ${sanitizeText(path)}: ${sanitizeText(message)}\n`);
    process.exitCode = reply.success ? exitCodes.ok : exitCodes.failed;
  } finally {
    await client.close();
  }
}
