import { readFileSync } from "node:fs";
import { createReceiver } from "@vj/telemetry";
import { needs, waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";
import { TestBus } from "./bus.ts";
import { Terminal } from "./terminal.ts";

it("targets of a real rig are added, edited, switched off and removed by keys", needs("tmux", "bash", "ps"), async () => {
  await using bus = new TestBus();
  bus.env["VJ_OSC_TARGETS"] = "";
  await using receiver = await createReceiver({ port: 0 });
  let received = 0;
  receiver.on("message", () => (received += 1));
  const saved = (): unknown => JSON.parse(readFileSync(bus.dir.join("config/targets.json"), "utf8"));
  bus.startManager();
  using terminal = new Terminal(bus.env);
  /** Keys that come faster than a person presses them are text. */
  const press = async (key: string): Promise<void> => {
    await terminal.quiet();
    terminal.type(key);
  };
  await terminal.startTui();
  await press("8");
  await terminal.shows(/Targets ─ 1 of 1 on[\s\S]*default +127\.0\.0\.1:9000/);
  // Nothing is known of the program: the first of the list.
  await press("n");
  await terminal.shows("which program gets OSC?");
  await press("Enter");
  await terminal.shows(/New target[\s\S]*▸ name +target/);
  await press("Tab");
  await terminal.shows(/▸ host/);
  await press("Tab");
  await terminal.shows(/▸ port/);
  terminal.paste("99999", true);
  await terminal.shows(/port +\* 99999/);
  await press("Enter");
  await terminal.shows(/! port +\* 99999[\s\S]*must be at most 65535/);
  await press("C-u");
  await terminal.shows(/▸ port *\*? *$/m);
  terminal.paste(String(receiver.port), true);
  await terminal.shows(`* ${receiver.port}`);
  await press("Enter");
  await terminal.shows(new RegExp(`✓ target +127\\.0\\.0\\.1:${receiver.port}`));
  await press("End");
  await terminal.shows(new RegExp(`127\\.0\\.0\\.1:${receiver.port} · packed`));
  await press("t");
  await terminal.shows("Play the test pattern to target");
  await press("y");
  await terminal.shows(/the test pattern moves \/\w/);
  await waitFor("a message at the new target", () => received > 0);
  await press("t");
  await terminal.shows("the test pattern to target is ended");
  await press("e");
  await terminal.shows("Target target");
  while (!terminal.screen().includes("▸ rate")) {
    await press("BTab");
    await terminal.shows(/▸ /);
  }
  await press("5");
  await terminal.shows(/rate +\* 5/);
  await press("Enter");
  await terminal.shows(/target .* 5\/s/);
  await press("f");
  await terminal.shows(/ safe 1\/2 [\s\S]*target .* safe /);
  await press(" ");
  await terminal.shows("y yes");
  await press("y");
  await terminal.shows(/○ target .*off/);
  expect(saved()).toMatchObject({ targets: [{ name: "default" }, { name: "target", port: receiver.port, rate: 5, safe: true, enabled: false }] });
  await press("d");
  await terminal.shows("Remove target?");
  await press("y");
  await terminal.shows("1 of 1 on");
  expect(saved()).toMatchObject({ targets: [{ name: "default" }] });
});
