import { createReceiver } from "@vj/telemetry";
import { needs, waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { ManagedRig } from "./rig.ts";

it("two rigs that send to the same target warn about each other until one ends; their titles distinguish them", needs("proc"), async () => {
  const receiver = await createReceiver();
  onTestFinished(() => receiver.close());
  await using one = new ManagedRig(["steady"]);
  await using two = new ManagedRig(["steady"]);
  for (const rig of [one, two]) rig.env["VJ_OSC_TARGETS"] = `127.0.0.1:${receiver.port}`;
  one.startManager();
  await one.running("steady");
  const warnings = async (rig: ManagedRig): Promise<string> => String((await rig.state())["warnings"]);
  expect(await warnings(one)).toBe("");

  const other = two.startManager();
  await two.running("steady");
  for (const [rig, its] of [[one, two], [two, one]] as const) {
    const text = await waitFor("a warning", async () => (await warnings(rig)) || undefined);
    expect(text).toContain(`another rig (${its.dir.join("bus")}) sends to 127.0.0.1:${receiver.port} too`);
  }
  await other.kill("SIGTERM");
  await waitFor("the warning to go", async () => (await warnings(one)) === "");
});
