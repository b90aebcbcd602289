// Does the worker keep the contract? node --test
import { test } from "node:test";
import { workerContract } from "@vj/worker/testing";

const subject = { name: "smoke", command: ["node", "smoke.mjs"], validConfig: { fade: 1 }, invalidConfig: { fade: 0 } };
for (const { name, run } of workerContract(subject)) await test(name, run);
