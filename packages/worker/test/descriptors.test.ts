import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { connect } from "@vj/control";
import { needs, spawnProcess, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";

describe("a worker without a descriptor left", needs("proc"), () => {
  it("reports that, refuses operations that need one, changes nothing, and works again afterwards", async () => {
    await using dir = tempDir();
    const fixture = `${import.meta.dirname}/fixtures/hungry.mjs`;
    const environment = { ...tempEnvironment(dir), VJ_OSC_TARGETS: "" };
    await using hungry = spawnProcess("sh", ["-c", `ulimit -n 200 && exec "${process.execPath}" "${fixture}"`], environment);
    const client = await waitFor("the worker", () => connect("hungry", { busDir: dir.join("bus"), reconnect: false }));
    expect(await client.request("set_config", { level: 3 })).toMatchObject({ success: true });
    expect(await client.request("eat")).toMatchObject({ message: "EMFILE" });
    const log = (): string => readFileSync(dir.join("bus", "logs", "hungry.log"), "utf8");
    await waitFor("the failed timer to be reported", () => /no descriptors left, raise ulimit -n/.test(log()));
    expect(await client.request("set_config", { level: 4 })).toMatchObject({ success: false, message: expect.stringMatching(/EMFILE/) });
    expect(await client.request("restart")).toMatchObject({ success: false, message: expect.stringMatching(/EMFILE/) });
    expect(await client.request("subscribe", { port: 9 })).toMatchObject({ success: false });
    expect((await client.request("get_state")).data).toMatchObject({ config: { level: 3 }, config_problem: null });
    await expect(connect("hungry", { busDir: dir.join("bus"), reconnect: false }).then((late) => late.request("get_state"))).rejects.toThrow();
    expect(await client.request("spit")).toMatchObject({ success: true });
    expect(await client.request("set_config", { level: 4 })).toMatchObject({ success: true });
    const next = await waitFor("new clients to be taken", () => connect("hungry", { busDir: dir.join("bus"), reconnect: false }));
    expect((await next.request("get_state")).data).toMatchObject({ config: { level: 4 } });
    for (const open of [client, next]) await open.close();
    expect(hungry.child.exitCode).toBeNull();
  });
});
