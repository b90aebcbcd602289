import { Link, LinkError } from "@vj/link";
import { afterEach, expect, it, vi } from "vitest";
import { LinkSession } from "../../src/protocols/link/link-session.ts";

afterEach(() => void vi.restoreAllMocks());

function refusedWith(code: string): LinkSession {
  vi.spyOn(Link, "join").mockRejectedValue(new LinkError("udp", `bind ${code} 0.0.0.0:20808`, { cause: Object.assign(new Error(code), { code }) }));
  return new LinkSession([], () => 120, () => false, () => {});
}

it("whose port a program holds alone names the port and has that program ended, because no interface helps", async () => {
  const session = refusedWith("EADDRINUSE");
  await session.join();
  expect(session.condition()).toMatchObject({
    level: "degraded",
    text: expect.stringMatching(/^Link cannot join: UDP port 20808 is taken by .+, which does not share it; tried again every 5 s$/),
    todo: expect.stringMatching(/^end that program/),
  });
  await session.close();
});

it("that fails otherwise names the interfaces of this machine", async () => {
  const session = refusedWith("EACCES");
  await session.join();
  expect(session.condition()).toMatchObject({ text: expect.stringContaining("EACCES"), todo: expect.stringMatching(/\(127\.0\.0\.1\).*vj config set sync_bridge 'link_interfaces=\["/) });
  await session.close();
});
