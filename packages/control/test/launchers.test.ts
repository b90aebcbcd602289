import { expect, it } from "vitest";
import { launchersOf } from "../src/index.ts";

const row = (...commands: string[]): string[] =>
  launchersOf(commands.map((command, pid) => ({ pid, start: 0, command }))).map(({ command }) => command);

it("finds the package runners above a process, up to the person's own shell", () => {
  const runners = [
    "sh -c turbo run build && node apps/cli/bin/vj.js dev",
    "node --no-warnings /home/x/.npm/_npx/1/node_modules/.bin/pnpm dev",
    "/bin/sh -c pnpm dev",
    "npm exec pnpm@10 dev",
    "/usr/bin/node /usr/lib/node_modules/npm/bin/npx-cli.js @vj/audio-analyzer",
    "node .yarn/releases/yarn-4.1.0.cjs start",
    "bunx @vj/audio-analyzer",
  ];
  expect(row(...runners, "-bash", "npm exec x")).toEqual(runners);
  expect(row("-bash")).toEqual([]);
  expect(row("bash start-show.sh", "npm exec x")).toEqual([]);
  expect(row("/usr/bin/pnpm-things/server")).toEqual([]);
  expect(row("node /opt/npm/lib/server.js")).toEqual([]);
  expect(row("")).toEqual([]);
});
