import { createRequire } from "node:module";
import path from "node:path";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { needs, waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";
import { TestBus } from "./bus.ts";
import { Terminal } from "./terminal.ts";

const workerPackage = path.resolve(import.meta.dirname, "../../../packages/worker");
const zod = createRequire(path.join(workerPackage, "package.json")).resolve("zod");

/** A worker that nobody here knows; its name sorts behind all others. */
const lampProgram = `
import { Worker, defineCommand, failed, ok, runWorker, secret } from ${JSON.stringify(pathToFileURL(path.join(workerPackage, "dist/index.js")).href)};
import { z } from ${JSON.stringify(pathToFileURL(zod).href)};

class Lamp extends Worker {
  constructor() {
    super({
      name: "zz_lamp",
      version: "1.0.0",
      config: z.object({
        level: z.number().min(0).max(1).default(0.5).describe("How bright"),
        token: secret(z.string().default("")),
      }).refine(({ level }) => level <= 0.9, { path: ["level"], message: "the bulb is too old for this" }),
    });
  }
  commands() {
    return {
      flash: defineCommand({
        description: "Flashes",
        args: z.object({ times: z.int().min(1).max(9) }),
        run: ({ times }) => (times > 5 ? failed("no", "refused", [{ path: "times", message: "the bulb is hot" }]) : ok("Flashed", { flashed: times })),
      }),
    };
  }
}
await runWorker(() => new Lamp());
`;

it("a stranger's worker is shown, configured and commanded; what it refuses is marked at its field", needs("tmux", "bash", "ps"), async () => {
  await using bus = new TestBus();
  bus.startManager("zz_lamp", lampProgram);
  using terminal = new Terminal(bus.env);
  await terminal.startTui();
  terminal.type("2");
  await terminal.shows(/✓ zz_lamp +running/);
  terminal.type("End");
  terminal.type("Enter");
  await terminal.shows(/Workers › zz_lamp +✓ running/);
  terminal.type("e");
  await terminal.shows(/zz_lamp › settings[\s\S]*▸ level +0\.5/);
  terminal.type("C-u");
  await terminal.shows(/▸ level +\*$/m);
  terminal.paste("0.95", true);
  await terminal.shows(/level +\* 0\.95/);
  await terminal.quiet();
  terminal.type("Enter");
  await terminal.shows(/! level +\* 0\.95[\s\S]*the bulb is too old for this/);
  terminal.type("BSpace");
  await terminal.shows(/level +\* 0\.9$/m);
  terminal.type("Tab");
  await terminal.shows(/▸ allow|▸ token/);
  while (!terminal.screen().includes("▸ token")) {
    terminal.type("Tab");
    await terminal.shows(/▸ /);
  }
  // A paste that holds what would be a command, and the end of a line.
  terminal.paste("hunterQ2\n", true);
  await terminal.shows(/token +\* ••••••••/);
  await terminal.quiet();
  terminal.type("Enter");
  await terminal.shows("✓ in force");
  expect(terminal.screen()).not.toContain("hunter");
  const saved = await waitFor("the file of its settings", () => JSON.parse(readFileSync(path.join(bus.env["VJ_CONFIG_DIR"] ?? "", "zz_lamp.json"), "utf8")));
  expect(saved).toMatchObject({ level: 0.9, token: "hunterQ2" });

  terminal.type("Escape");
  await terminal.shows(/Workers › zz_lamp/);
  terminal.type("c");
  await terminal.shows(/▸ flash/);
  terminal.type("Enter");
  await terminal.shows(/▸ times/);
  terminal.type("7");
  await terminal.shows(/times +\* 7/);
  terminal.type("Enter");
  await terminal.shows(/! times[\s\S]*the bulb is hot/);
  terminal.type("BSpace");
  await terminal.shows(/▸ times *$/m);
  terminal.type("3");
  await terminal.shows(/times +\* 3/);
  terminal.type("Enter");
  await terminal.shows(/✓ done[\s\S]*flashed +3/);

  // By its name instead of by keys.
  const command = async (text: string): Promise<void> => {
    terminal.type(":");
    await terminal.shows(/^ :/m);
    terminal.type("-l", text);
    await terminal.shows(`: ${text}`);
    await terminal.quiet();
    terminal.type("Enter");
  };
  terminal.type("Escape");
  await terminal.shows(/Workers › zz_lamp/);
  await command("set zz_lamp level 0.4");
  await terminal.shows(/▸ level +0\.4/);
  await terminal.shows("✓ in force");
  terminal.type("Escape");
  await terminal.shows(/Workers › zz_lamp/);
  await command("stop zz_lamp");
  await terminal.shows("Stop zz_lamp?");
  terminal.type("n");
  await terminal.shows(/^(?![\s\S]*Stop zz_lamp\?)[\s\S]*zz_lamp +✓ running/);
  await terminal.quiet();
  await command("stop zz_lamp");
  await terminal.shows("Stop zz_lamp?");
  await terminal.quiet();
  terminal.type("y");
  await terminal.shows(/zz_lamp +○ stopped/);

  // What it logged is found by a filter, read whole, and left again.
  terminal.type("7");
  await terminal.shows(/Logs ─ info and above/);
  terminal.type("/");
  await terminal.shows("lines with:");
  terminal.type("-l", "zz_lamp");
  await terminal.shows("lines with: zz_lamp");
  await terminal.quiet();
  terminal.type("Enter");
  await terminal.shows(/filter zz_lamp/);
  terminal.type("Enter");
  await terminal.shows(/Logs › \S+ +\d{4}-\d\d-\d\d/);
  terminal.type("Escape");
  await terminal.shows(/filter zz_lamp/);
  terminal.type("Escape");
  await terminal.shows(/Logs ─ (?!.*filter)/);
});
