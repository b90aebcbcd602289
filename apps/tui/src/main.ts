import { processTitle } from "@vj/control";
import { parseArgs } from "node:util";
import { packageVersion } from "@vj/files";
import { messageOf, sanitizeText } from "@vj/schema";
import { runTui } from "./run-tui.ts";

const usage = `Usage: vj-tui [options]

The vj-bus rig in one terminal screen. Leaving it (q) lets everything run on.

Options:
  --color, --no-color  whether to draw in colour; default: what the terminal can do
  --theme NAME         default, light, high-contrast, mono, or a theme of your own
  --no-mouse           leave clicks and the wheel to the terminal (M in the screen)
  --calm               one picture a second, nothing blinks
  --screen-reader      one line per change instead of a screen
  -h, --help           this text
  -V, --version        the version

Example:
  vj-tui --no-color`;

/** Exit code for an invalid command line, as in the other programs. */
const exitUsage = 64;

process.title = processTitle("tui");
main().catch((error: unknown) => {
  process.stderr.write(`${sanitizeText(messageOf(error))}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) return;
  if (options.help === true) process.stdout.write(`${usage}\n`);
  else if (options.version === true) process.stdout.write(`${packageVersion(import.meta.url)}\n`);
  else await runTui();
}

/** The options of the look are read together with the terminal's properties. */
function readOptions() {
  try {
    return parseArgs({
      options: {
        color: { type: "boolean" },
        "no-color": { type: "boolean" },
        theme: { type: "string" },
        mouse: { type: "boolean" },
        "no-mouse": { type: "boolean" },
        calm: { type: "boolean" },
        "no-calm": { type: "boolean" },
        "screen-reader": { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "V" },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`tui: ${sanitizeText(messageOf(error).split(". To specify")[0] ?? "")}\n(add --help for the options)\n`);
    process.exitCode = exitUsage;
    return undefined;
  }
}
