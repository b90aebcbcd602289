import { once } from "node:events";
import { connect } from "node:net";
import { defineOscTable, flag, int, placed, text, unit } from "@vj/schema";
import { describe, expect, it, onTestFinished } from "vitest";
import { answerQuery } from "../src/query/answer.ts";
import { openQueryServer } from "../src/query/server.ts";
import { queryTree } from "../src/query/tree.ts";

const table = defineOscTable({
  "/audio/levels": { args: [placed(unit("bass"), { flat: "/audio/level/bass" }), placed(unit("rms"), { flat: "/audio/level/rms" })], kind: "stream", description: "Levels" },
  "/audio/energy": { args: [placed(unit("fast"), { flat: "/audio/energy" }), unit("slow")], kind: "stream", description: "Energy" },
  "/song": { args: [text("title"), int("bpm", 0, 200), flag("on")], kind: "state", description: "Song" },
  "/part": { args: [text("name", ["verse", "chorus"]), unit("sure")], kind: "state", description: "Part" },
  "/constructor/reset": { args: [], kind: "event", description: "Begins anew" },
});
const values: Record<string, (number | string)[]> = { "/audio/levels": [0.25, 0.5], "/song": ["x", 50, 1], "/part": ["chorus", 1] };
const tree = () => queryTree([table], (address) => values[address]);
const ask = (url: string, more: object = {}) => answerQuery({ method: "GET", url, host: "127.0.0.1:5678", origin: undefined, ...more }, 9001, tree);

describe("OSCQuery", () => {
  it("has every argument at its flat place, 0 to 1, and packed messages where no flat one has the name", () => {
    expect(ask("/audio/level/bass").body).toEqual({ FULL_PATH: "/audio/level/bass", ACCESS: 1, TYPE: "f", DESCRIPTION: "Levels (bass)", RANGE: [{ MIN: 0, MAX: 1 }], VALUE: [0.25] });
    expect(ask("/audio/levels").body).toMatchObject({ TYPE: "ff", VALUE: [0.25, 0.5] });
    expect(ask("/audio/energy").body).toMatchObject({ TYPE: "f", DESCRIPTION: "Energy (fast); packed: ff", CONTENTS: { slow: { TYPE: "f" } } });
    expect(ask("/song/bpm?VALUE").body).toEqual({ VALUE: [0.25] });
    expect(ask("/song").body).toMatchObject({ TYPE: "sii", RANGE: [{}, { MIN: 0, MAX: 200 }, { MIN: 0, MAX: 1 }], VALUE: ["x", 50, 1] });
    expect(["name", "verse", "chorus"].map((part) => ask(`/part/${part}?VALUE`).body)).toEqual([{ VALUE: ["chorus"] }, { VALUE: [0] }, { VALUE: [1] }]);
    expect(ask("/constructor/reset").body).toMatchObject({ FULL_PATH: "/constructor/reset", TYPE: "", ACCESS: 1 });
    expect(JSON.stringify(ask("/").body)).toContain('"FULL_PATH":"/audio/level/rms"');
  });

  it("has no value where what was sent last is of another type than it names", () => {
    const sent: Record<string, (number | string | number[])[]> = { "/audio/levels": ["loud", Number.NaN], "/song": [[1, 2, 3], 50, 1, 4], "/audio/energy": [0.5] };
    const root = queryTree([table], (address) => sent[address]);
    const of = (url: string) => answerQuery({ method: "GET", url, host: "127.0.0.1:5678", origin: undefined }, 9001, () => root);
    for (const url of ["/audio/level/bass", "/audio/level/rms", "/audio/levels", "/song/title", "/song", "/audio/energy/slow"]) expect([url, of(`${url}?VALUE`).status]).toEqual([url, 204]);
    expect(of("/audio/energy?VALUE").body).toEqual({ VALUE: [0.5] });
    expect(of("/song/bpm?VALUE").body).toEqual({ VALUE: [0.25] });
  });

  it("answers what the proposal asks for, and nothing else", () => {
    expect(ask("/?HOST_INFO").body).toMatchObject({ OSC_PORT: 9001, OSC_TRANSPORT: "UDP", EXTENSIONS: { VALUE: true, LISTEN: false } });
    expect(ask("/nothing").status).toBe(404);
    expect(ask("/__proto__").status).toBe(404);
    expect(ask("/%E0%A4%A").status).toBe(404);
    expect(ask("/audio?VALUE")).toEqual({ status: 204 });
    expect(ask("/audio?COLOUR").status).toBe(400);
    expect(ask("/", { method: "POST" }).status).toBe(405);
  });

  it.each([{ host: "evil.example" }, { host: undefined }, { host: "127.0.0.1.evil.example:5678" }, { origin: "http://evil.example" }, { origin: "null" }])("refuses strangers: %j", (more) => {
    expect(ask("/", more).status).toBe(403);
  });

  it("is served on 127.0.0.1, and says who has its port", async () => {
    const server = await openQueryServer(0, () => 9001, tree);
    const answer = await fetch(`http://127.0.0.1:${server.port}/audio/level?CONTENTS`);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(await answer.json()).toMatchObject({ CONTENTS: { bass: { VALUE: [0.25] }, rms: { VALUE: [0.5] } } });
    await expect(openQueryServer(server.port, () => 0, tree)).rejects.toThrow(/TCP port \d+ is taken by .*; end it, or/);
    await server.close();
  });

  it("answers a bounded number of requests: on one connection, and in a second", async () => {
    const server = await openQueryServer(0, () => 9001, tree);
    onTestFinished(() => server.close());
    const pipelined = async (count: number): Promise<string> => {
      const socket = connect(server.port, "127.0.0.1");
      let text = "";
      socket.setEncoding("latin1").on("data", (part: string) => (text += part)).on("error", () => {});
      socket.write("GET /audio HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(count));
      await once(socket, "close");
      return text;
    };
    const answers = (text: string, status: number): number => text.split(`HTTP/1.1 ${status} `).length - 1;
    expect(answers(await pipelined(5000), 200)).toBe(100);
    // A machine that is busy may need several seconds for them, so more are asked for than any second allows.
    const all = (await Promise.all(Array.from({ length: 12 }, () => pipelined(100)))).join("");
    expect(answers(all, 200)).toBeGreaterThan(0);
    expect(answers(all, 200) + answers(all, 429)).toBe(1200);
  });

  it("makes room when programs connect and do not finish their questions", { timeout: 20_000 }, async () => {
    const server = await openQueryServer(0, () => 9001, tree);
    onTestFinished(() => server.close());
    const idle = Array.from({ length: 16 }, (_, index) => connect(server.port, "127.0.0.1", () => index % 2 === 0 && idle[index]?.write("GET / HT")));
    const closed = Promise.all(idle.map((socket) => once(socket.on("error", () => {}), "close")));
    await Promise.all(idle.map((socket) => once(socket, "connect")));
    await expect(fetch(`http://127.0.0.1:${server.port}/audio`)).rejects.toThrow();
    await closed;
    expect((await fetch(`http://127.0.0.1:${server.port}/audio`)).status).toBe(200);
  });
});
