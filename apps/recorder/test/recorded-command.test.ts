import { expect, it } from "vitest";
import { commandIn } from "../src/recorded-command.ts";

it("finds the command in the line that a worker logged, and none elsewhere", () => {
  const line = { level: "info", time: "2026-01-02T03:04:05.500Z", source: "lamp", message: "command set_config gain=2", command: { cmd: "set_config", args: { gain: 2 } } };
  expect(commandIn(JSON.stringify(line))).toEqual({ cmd: "set_config", args: { gain: 2 } });
  for (const other of ['{"command":{"cmd":7}}', '{"command":{', "command set_config", '{"message":"the \\"command\\":{ word"}', ""]) expect(commandIn(other)).toBeUndefined();
});
