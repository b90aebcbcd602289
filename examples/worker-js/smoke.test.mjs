// Does the worker keep the contract? node --test
import { test } from "node:test";
import { workerContract } from "@vj/worker/testing";

const promises = workerContract({ name: "smoke", command: ["node", "smoke.mjs"], validConfig: { fade: 1 }, invalidConfig: { fade: 0 } });
for (const { name, run } of promises) await test(name, run);
