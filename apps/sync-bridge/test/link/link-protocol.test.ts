import { Link } from "@vj/link";
import { waitFor } from "@vj/test-kit";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { linkProtocol } from "../../src/protocols/link/link-protocol.ts";
import { fakeContext } from "../fake-context.ts";

afterEach(() => void vi.restoreAllMocks());

it("has a follower without peers say what helps, and that there was one", async () => {
  const link = { peers: 0, tempo: 120, sessionId: "a", problems: [], beatAt: () => 0, on: () => {}, setQuiet: () => {}, close: async () => {} };
  vi.spyOn(Link, "join").mockResolvedValue(link as never);
  const { context } = fakeContext({ link: "follow" });
  const notes = vi.spyOn(context.log, "info");
  const protocol = await linkProtocol.start(context);
  onTestFinished(() => protocol.close());
  const todo = "switch Link on in the other program, on the same network";
  expect(protocol.condition?.()).toEqual({ level: "ok", text: "Link: no peer to follow yet", todo });
  link.peers = 1;
  await waitFor("the peer", () => notes.mock.calls.some(([text]) => text === "Link: 1 peer"));
  expect(protocol.condition?.()?.text).toMatch(/^Link: 1 peer, 120\.00 BPM/);
  link.peers = 0;
  await waitFor("its end", () => notes.mock.calls.some(([text]) => text === "Link: 0 peers"));
  expect(protocol.condition?.()).toEqual({ level: "ok", text: "Link: its last peer is gone; the rig goes by its own tempo until one is back", todo });
});
