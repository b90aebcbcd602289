import { createSupportsColor } from "supports-color";
import type { ColourLevel } from "./themes/colour-code.ts";

/**
 * How many colours are used: `--no-color` and `--color`, then `NO_COLOR`, then `FORCE_COLOR` (0 to 3), then `TERM=dumb`, then what the
 * terminal is known to have.
 */
export function colourLevel(env: NodeJS.ProcessEnv, args: readonly string[]): ColourLevel {
  if (args.includes("--no-color")) return 0;
  const detected = (): ColourLevel => {
    const found = createSupportsColor(process.stdout, { sniffFlags: false });
    return found === false ? 0 : found.level;
  };
  if (args.includes("--color")) return Math.max(1, detected()) as ColourLevel;
  if (env["NO_COLOR"]) return 0;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forcedLevel(forced);
  if (env["TERM"] === "dumb") return 0;
  return detected();
}

function forcedLevel(forced: string): ColourLevel {
  switch (forced) {
    case "0":
    case "false":
      return 0;
    case "2":
      return 2;
    case "3":
      return 3;
    default:
      return 1;
  }
}
