import { pino } from "pino";
import { expect, it } from "vitest";
import { z } from "zod";
import { CommandLog } from "../src/command-log.ts";
import { secret } from "../src/setting-marks.ts";

function logging(): { note(cmd: string, args?: object, schema?: z.ZodObject): void; lines: { message: string; command?: unknown }[]; clock: { now: number } } {
  const lines: { message: string; command?: unknown }[] = [];
  const clock = { now: 5000 };
  const log = pino({ messageKey: "message" }, { write: (line: string) => void lines.push(JSON.parse(line) as { message: string }) });
  const subject = new CommandLog(() => log, () => clock.now);
  return { lines, clock, note: (cmd, args = {}, schema) => subject.note({ type: "command", cmd, ...args }, schema) };
}

it("logs what changes something, with its arguments but no secrets", () => {
  const { note, lines } = logging();
  for (const cmd of ["get_state", "describe", "subscribe", "unsubscribe", "mute", "list_devices", "hold_output"]) note(cmd);
  expect(lines).toEqual([]);
  note("set_config", { gain: 2, api_token: "abc", msg_id: "7" });
  expect(lines).toMatchObject([{ message: 'command set_config gain=2 api_token="…"', command: { cmd: "set_config", args: { gain: 2, api_token: "…" } } }]);
  note("save_lyrics", { lrc: "x".repeat(10_000) });
  expect(lines[1]).toMatchObject({ command: { cmd: "save_lyrics", args: { lrc: "…" } } });
});

it("leaves out what is marked as a secret, whatever its name", () => {
  const { note, lines } = logging();
  note("set_config", { pin: "1234", gain: 2 }, z.object({ pin: secret(z.string()).default(""), gain: z.number() }));
  expect(lines).toMatchObject([{ message: 'command set_config pin="…" gain=2', command: { args: { pin: "…", gain: 2 } } }]);
});

it("logs ten in a second, and counts the others", () => {
  const { note, lines, clock } = logging();
  for (let index = 0; index < 25; index += 1) note("restart");
  expect(lines).toHaveLength(10);
  clock.now += 1000;
  note("restart");
  expect(lines.slice(10).map(({ message }) => message)).toEqual(["15 more commands within one second", "command restart"]);
});
