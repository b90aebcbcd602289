// Declares two addresses, sends to a receiver on a free port and prints what arrives. Run: node examples/send-and-receive.mjs
import { defineOscTable, int, unit } from "@vj/contract";
import { createReceiver, createTelemetry } from "@vj/telemetry";

const table = defineOscTable({
  "/smoke/density": { args: [unit("density")], kind: "stream", rate: 60, description: "How thick the smoke is" },
  "/smoke/scene": { args: [int("number", 1)], kind: "state", description: "Scene of the smoke machine" },
});

const receiver = await createReceiver();
const telemetry = createTelemetry({
  table,
  targets: [{ name: "example", host: "127.0.0.1", port: receiver.port, enabled: true }],
  onProblem: (problem) => console.error(problem),
});
telemetry.send("/smoke/scene", [3]);
const frames = setInterval(() => telemetry.send("/smoke/density", [Math.random()]), 1000 / 60);
setTimeout(() => {
  clearInterval(frames);
  for (const { message, count, rate } of receiver.entries()) console.log(message.address, message.tags, message.args, count, rate.toFixed(1));
  void telemetry.close();
  void receiver.close();
}, 2500);
