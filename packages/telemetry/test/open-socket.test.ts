import { waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";
import { openSocket, resolveHost } from "../src/outlet/open-socket.ts";

const openSockets = (): number => process.getActiveResourcesInfo().filter((kind) => kind.startsWith("UDP")).length;

it("prefers IPv4, where visual programs listen", async () => {
  expect(await resolveHost("localhost")).toEqual({ address: "127.0.0.1", family: 4 });
  expect(await resolveHost("::1")).toEqual({ address: "::1", family: 6 });
});

it("leaves no socket behind when there is no way to the receiver", async () => {
  const socket = await openSocket({ address: "127.0.0.1", family: 4 }, 9);
  expect(openSockets()).toBe(1);
  await expect(openSocket({ address: "::1", family: 4 }, 9)).rejects.toThrow();
  socket.close();
  await waitFor("both to be closed", () => openSockets() === 0);
});
