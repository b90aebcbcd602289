import type { Peer } from "@vj/control";
import type { Place } from "@vj/telemetry";
import { expect, it } from "vitest";
import { Mutes } from "../src/mutes.ts";

it("a connection silences each place once, no more than 256 of them, and all are free again when it closes", () => {
  const silent = new Set<Place | undefined>();
  const mutes = new Mutes({
    mute: (place) => {
      silent.add(place);
      return () => silent.delete(place);
    },
  });
  const closing: (() => void)[] = [];
  const peer: Peer = {
    id: 1,
    connectedAt: 0,
    send: () => {},
    on: (_event, listener) => {
      closing.push(listener);
      return () => {};
    },
  };
  const [wall, everybody] = [{ host: "127.0.0.1", port: 7000 }, undefined];
  expect([mutes.add(peer, wall), mutes.add(peer, { ...wall }), mutes.add(peer, everybody), mutes.add(peer, everybody)]).toEqual([true, true, true, true]);
  expect([...silent]).toEqual([wall, everybody]);
  const more = Array.from({ length: 300 }, (_, index) => mutes.add(peer, { host: "127.0.0.1", port: 8000 + index }));
  expect(more.filter(Boolean)).toHaveLength(254);
  for (const close of closing) close();
  expect(silent.size).toBe(0);
});
