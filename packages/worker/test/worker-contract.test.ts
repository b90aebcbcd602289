import { describe, expect, it } from "vitest";
import { createReceiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "../src/testing/worker-contract.ts";

const command: [string, string] = [process.execPath, `${import.meta.dirname}/../examples/hello.mjs`];

describe("the example worker keeps the contract", () => {
  const subject = { name: "hello", command, validConfig: { greeting: "Ahoy" }, invalidConfig: { greeting: "" } };
  for (const { name, run } of workerContract(subject)) it(name, () => run());
});

describe("the conformance suite", () => {
  it("fails for a program that is not a worker", async () => {
    const subject = {
      name: "hello",
      command: [process.execPath, "-e", "setTimeout(() => {}, 60_000)"] satisfies [string, ...string[]],
      validConfig: { a: 1 },
      invalidConfig: { a: "x" },
      patienceMs: 300,
    };
    await expect(workerContract(subject)[0]?.run()).rejects.toThrow(/did not listen within/);
  });

  it("names the promise that a worker breaks", async () => {
    // The worker accepts what it is said to refuse.
    const subject = { name: "hello", command, validConfig: { greeting: "Ahoy" }, invalidConfig: { greeting: "Hoy" } };
    await expect(workerContract(subject)[0]?.run()).rejects.toThrow(/"refuses a bad setting with a reason, and changes nothing": /);
  });
});

describe("a subscription", () => {
  it("brings state at once and lives as long as its connection", async () => {
    const worker = await WorkerProcess.prepare("hello", { command });
    const receiver = await createReceiver({ port: 0 });
    try {
      const client = await worker.start();
      expect(await client.request("greet", { name: "Ada" })).toMatchObject({ success: true, message: "Hello, Ada" });
      const listener = await worker.connect();
      expect((await listener.request("subscribe", { port: receiver.port })).success).toBe(true);
      await waitFor("the earlier state", () => receiver.latest("/hello/name")?.message.args[0] === "Ada");
      await client.request("greet", { name: "Bob" });
      await waitFor("the change", () => receiver.latest("/hello/name")?.message.args[0] === "Bob");

      expect(await listener.request("unsubscribe", { port: 1 })).toMatchObject({ success: false });
      const subscribed = async (): Promise<unknown> =>
        (await client.request("get_state")).data?.["telemetry"];
      expect(await subscribed()).toMatchObject({ subscriptions: [{}] });
      await listener.close();
      await waitFor("the subscription to end", async () => {
        const telemetry = await subscribed();
        return JSON.stringify(telemetry).includes('"subscriptions":[]');
      });
    } finally {
      await receiver.close();
      await worker.remove();
    }
  });
});
