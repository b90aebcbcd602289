import { once } from "node:events";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { waitFor } from "@vj/test-kit";
import { announce } from "@vj/zeroconf";
import { expect, it, onTestFinished } from "vitest";
import { Lights } from "../../src/protocols/os2l/lights.ts";

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 };
}

it("gives a lighting program a place that one has which ended without a word", async () => {
  const dead = await Promise.all(Array.from({ length: 18 }, listening));
  await Promise.all(dead.map(({ server }) => once(server.close(), "close")));
  const { server, port } = await listening();
  const lights = new Lights({ fixed: [], reach: "machine", ownPort: () => 0, onProblem: () => {} });
  const announced = (ports: readonly number[]) => announce({ services: ports.map((one) => ({ name: `light ${one}`, type: "_os2l._tcp" as const, port: one })), reach: "machine", onProblem: () => {} });
  const first = announced(dead.map((one) => one.port));
  onTestFinished(async () => {
    await Promise.all([first.close(), lights.close()]);
    server.close();
  });
  await waitFor("all places to be taken", () => lights.states.length === 16);
  const last = announced([port]);
  onTestFinished(() => last.close());
  await waitFor("the program that runs", () => lights.states.some((one) => one.connected && one.to.endsWith(`:${port}`)));
  expect(lights.states).toHaveLength(16);
});
