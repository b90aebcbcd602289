import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { blocksOf, documents, proseOf, root, textOf } from "./docs/blocks.ts";
import { checkCommand } from "./docs/command.ts";

/** All sources, in one text. */
const sources = ["packages", "apps", "bench", "scripts", "examples", "vitest.config.ts"].map((place) => sourceText(path.join(root, place))).join("\n");

function sourceText(place: string): string {
  if (/\.[a-z]+$/.test(place)) return /\.(?:m?[jt]sx?|sh|py|c|cjs)$/.test(place) ? readFileSync(place, "utf8") : "";
  const below = readdirSync(place, { withFileTypes: true }).filter(({ name }) => !["node_modules", "dist", "coverage"].includes(name) && !name.startsWith("."));
  return below.map((entry) => (entry.isDirectory() || /\.[a-z]+$/.test(entry.name) ? sourceText(path.join(place, entry.name)) : "")).join("\n");
}

it.each(documents())("the variables that %s names are read by a source", (file) => {
  const unknown = [...textOf(file).matchAll(/\bVJ_[A-Z0-9_]*[A-Z0-9]\b/g)].map(([name]) => name).filter((name) => !sources.includes(name));
  expect(unknown).toEqual([]);
});

// Addresses of the old rig stand in the guide for those who come from it.
it.each(documents().filter((file) => !["docs/migration.md", "docs/osc.md"].includes(file)))("the OSC addresses of ours that %s names are in the tables", (file) => {
  const table = textOf("docs/osc.md");
  const unknown = [...textOf(file).matchAll(/(?<![\w./:~-])\/(?:audio|karaoke|playback|lyrics)\/[a-z_][a-z0-9_/]*/g)].map(([address]) => address).filter((address) => !table.includes(address));
  expect(unknown).toEqual([]);
});

it("the settings that docs/security.md names are settings, and the ports that it calls off are off", () => {
  const text = textOf("docs/security.md");
  const named = [...new Set([...text.matchAll(/`([a-z0-9]+(?:_[a-z0-9]+)*_(?:port|host|rate|allow|interfaces|buttons|announce|subscribers|url))`/g)].map(([, name = ""]) => name))].filter((name) => name !== "source_port");
  expect(named.length).toBeGreaterThan(8);
  for (const name of named) expect(sources, `${name} is not a setting`).toMatch(new RegExp(`^ *${name}: `, "m"));
  const off = [...text.matchAll(/^\| (?:UDP|TCP) `(\w+_port)` of `(\w+)` \| off \|/gm)];
  expect(off.length).toBeGreaterThan(1);
  for (const [, port = "", worker = ""] of off) expect(sourceText(path.join(root, "apps", worker.replaceAll("_", "-"), "src")), `${worker} ${port}`).toMatch(new RegExp(`^ *${port}: .*\\.default\\(0\\)`, "m"));
});

it("the files of the services, and the container of docs/service.md, run commands that exist", async () => {
  const unit = readFileSync(path.join(root, "docs/service/vj-bus.service"), "utf8");
  const agent = readFileSync(path.join(root, "docs/service/org.vj-bus.plist"), "utf8");
  const image = blocksOf("docs/service.md").find(({ language }) => language === "dockerfile")?.text ?? "";
  const words = z.string().array().parse(JSON.parse(/^CMD (.*)$/m.exec(image)?.[1] ?? "[]"));
  const commands = [
    ...[...unit.matchAll(/^Exec\w+=(?:\/usr\/bin\/env )?(.*)$/gm)].map(([, line = ""]) => line),
    ...[...agent.matchAll(/<string>exec (.*)<\/string>/g)].map(([, line = ""]) => line),
    ...[...image.matchAll(/^RUN (.*)$/gm)].map(([, line = ""]) => line),
    ...[...`${unit}\n${agent}`.matchAll(/npm install [^;\n]*/g)].map(([line]) => line),
    words.join(" "),
  ];
  expect(commands).toEqual(expect.arrayContaining(["vj up --foreground", "npm install -g @vj/cli"]));
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands) expect(await checkCommand(command), command).toBeUndefined();
  const variables = [...`${unit}\n${image}`.matchAll(/\bVJ_[A-Z_]+/g)].map(([name]) => name);
  for (const name of variables) expect(sources).toContain(name);
});

it("README.md lists each package and each app once, and the Node that they need", () => {
  const readme = proseOf(textOf("README.md"));
  const listed = [...readme.matchAll(/^\| (\[[^|]*)\|/gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/\]\(((?:packages|apps)\/[\w-]+)\)/g)].map(([, folder = ""]) => folder));
  const folders = ["packages", "apps"].flatMap((top) => readdirSync(path.join(root, top)).map((name) => `${top}/${name}`));
  expect(listed.toSorted()).toEqual(folders.toSorted());
  const { engines } = z.object({ engines: z.object({ node: z.string() }) }).parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
  for (const [, version] of readme.matchAll(/Node (\d+\.\d+) or newer/g)) expect(`>=${version}`).toBe(engines.node);
  expect(readme).toMatch(/Node \d+\.\d+ or newer/);
});
