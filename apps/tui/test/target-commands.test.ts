import type { Reply, TargetInput } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { createRigStore } from "../src/rig/store.ts";
import { editTarget, removeTarget, switchTarget } from "../src/rig/targets/target-change.ts";
import { createTargetCommands } from "../src/rig/targets/target-commands.ts";
import { manager, noon, rigAfter } from "./rig-fixture.ts";
import { written } from "./targets-fixture.ts";

/** A process manager that keeps a list, with what comes between before each change. */
function listKeeper(between: ((targets: readonly TargetInput[]) => readonly TargetInput[])[] = []) {
  let targets = written;
  let revision = 1;
  const asked: string[] = [];
  let refusal: Reply | undefined;
  const store = createRigStore({ now: () => noon });
  const { notices: _notices, logs: _logs, pending: _p, waiting: _w, sent: _s, kept: _k, targets: _t, ...state } = rigAfter(manager({}));
  const send = async (_worker: string, cmd: string, args: Record<string, unknown> = {}): Promise<Reply> => {
    asked.push(cmd);
    if (cmd === "get_targets") return refusal ?? { success: true, message: null, data: { targets, from: "file", file: "f", revision: `r${revision}` } };
    const other = between.shift();
    if (other !== undefined) {
      targets = other(targets);
      revision += 1;
    }
    if (args["revision"] !== `r${revision}`) return { success: false, message: "somebody else has changed the targets meanwhile", data: { code: "busy" } };
    if (refusal !== undefined) return refusal;
    targets = args["targets"] as readonly TargetInput[];
    revision += 1;
    return { success: true, message: "saved", data: null };
  };
  const commands = createTargetCommands({ store, bus: { send } });
  store.dispatch({ type: "bus", state });
  return {
    store,
    commands,
    asked,
    list: () => targets,
    refuse: (reply: Reply) => (refusal = reply),
    [Symbol.dispose]: () => commands.close(),
  };
}

const notice = ({ store }: ReturnType<typeof listKeeper>) => store.get().notices.at(-1);

describe("changing the targets", () => {
  it("is shown at once, saved, and read again", async () => {
    using keeper = listKeeper();
    const ahead: unknown[] = [];
    keeper.store.subscribe(({ targets }) => ahead.push(targets.ahead?.map(({ enabled }) => enabled)));
    await keeper.commands.change(switchTarget("wall", true), "wall is on");
    expect(ahead).toContainEqual([true, true, true]);
    expect(keeper.store.get().targets).toMatchObject({ ahead: undefined, list: { revision: "r2", targets: [{}, {}, { name: "wall", enabled: true }] } });
    expect(notice(keeper)).toMatchObject({ level: "info", text: "wall is on" });
  });

  it("counts beside a change that somebody else makes at the same time", async () => {
    const rename = (targets: readonly TargetInput[]) => targets.map((target) => (target.name === "wall" ? { ...target, port: 7701 } : target));
    using keeper = listKeeper([rename, (targets) => targets.filter(({ name }) => name !== "default")]);
    await keeper.commands.change(editTarget("wall", { rate: 20 }), "done");
    expect(keeper.list()).toMatchObject([{ name: "resolume" }, { name: "wall", port: 7701, rate: 20 }]);
    expect(notice(keeper)).toMatchObject({ level: "info" });
  });

  it("says when the target is gone meanwhile, and changes nothing", async () => {
    using keeper = listKeeper([(targets) => targets.filter(({ name }) => name !== "wall")]);
    await keeper.commands.change(switchTarget("wall", true), "wall is on");
    expect(notice(keeper)).toMatchObject({ level: "error", text: expect.stringContaining('"wall" is not in the list any more') });
    expect(keeper.store.get().targets.ahead).toBeUndefined();
  });

  it("goes back when it is refused, with the reason", async () => {
    using keeper = listKeeper();
    await keeper.commands.change(() => [...written], "nothing");
    keeper.refuse({ success: false, message: "the disk is full", data: { code: "failed" } });
    await keeper.commands.change(removeTarget("wall"), "wall is removed");
    expect(keeper.store.get().targets.ahead).toBeUndefined();
    expect(notice(keeper)).toMatchObject({ level: "error", text: "not changed: the disk is full" });
    expect(keeper.list()).toHaveLength(3);
  });

  it("is done in the order of the keys, however quickly they come", async () => {
    using keeper = listKeeper();
    const { change } = keeper.commands;
    await Promise.all([change(switchTarget("wall", true), "on"), change(switchTarget("wall", false), "off"), change(switchTarget("wall", true), "on")]);
    expect(keeper.list()[2]).toMatchObject({ enabled: true });
    expect(keeper.asked.filter((cmd) => cmd === "set_targets")).toHaveLength(3);
  });

  it("says what is wrong with a list that cannot be read", async () => {
    using keeper = listKeeper();
    keeper.refuse({ success: false, message: 'targets.json is not valid: target "lamp": port is missing', data: { code: "failed" } });
    await keeper.commands.change(switchTarget("wall", true), "on");
    expect(keeper.store.get().targets).toMatchObject({ list: undefined, problem: expect.stringContaining("port is missing") });
    expect(notice(keeper)).toMatchObject({ level: "error", text: expect.stringContaining("port is missing") });
  });

  it("is not possible without a process manager, and says so", async () => {
    const store = createRigStore({ now: () => noon });
    const commands = createTargetCommands({ store, bus: { send: () => Promise.reject(new Error("never asked")) } });
    await commands.change(switchTarget("wall", true), "on");
    commands.close();
    expect(store.get().notices.at(-1)).toMatchObject({ level: "error", text: expect.stringContaining("No process manager, which keeps the targets: w starts one") });
  });
});
