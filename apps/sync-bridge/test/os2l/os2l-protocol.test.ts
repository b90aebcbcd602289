import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { waitFor } from "@vj/test-kit";
import { browse } from "@vj/zeroconf";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { syncConfig } from "../../src/config.ts";
import type { SyncConfig } from "../../src/config.ts";
import type { Protocol } from "../../src/protocols/protocol.ts";
import { os2lProtocol } from "../../src/protocols/os2l/os2l-protocol.ts";
import { placeOf } from "../../src/protocols/os2l/place.ts";
import { nowUs } from "../../src/tempo.ts";
import { fakeContext } from "../fake-context.ts";
import type { FakeContext } from "../fake-context.ts";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  server.close();
  await once(server, "close");
  return port;
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function start(settings: Partial<SyncConfig>): Promise<FakeContext & { protocol: Protocol; port: number }> {
  const port = await freePort();
  const fake = fakeContext({ os2l_port: port, os2l_find: "off", ...settings });
  const protocol = await os2lProtocol.start(fake.context);
  onTestFinished(() => protocol.close());
  return { ...fake, protocol, port };
}

async function dial(port: number): Promise<Socket> {
  const socket = await waitFor("the port", async () => {
    const trying = connect({ port, host: "127.0.0.1", noDelay: true });
    try {
      await once(trying, "connect");
      return trying;
    } catch {
      return undefined;
    }
  });
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

describe("OS2L as server", () => {
  it("follows beats, whole, cut and merged, and shows buttons and commands", async () => {
    const { protocol, proposed, port } = await start({ os2l: "follow" });
    const dj = await dial(port);
    const beat = (pos: number): string => JSON.stringify({ evt: "beat", change: false, pos, bpm: 126.05, strength: 0.5 });
    for (const byte of beat(4)) dj.write(byte);
    dj.write(`${beat(5)}${beat(6)}{"evt":"btn","name":"fog","state":"on"}{"evt":"cmd","id":3,"param":0.5}nonsense{"evt":"scratch"}`);
    await waitFor("the messages", () => Reflect.get(Object(protocol.state()["server"]), "refused") === 2);
    expect(protocol.state()).toMatchObject({ server: { messages: 5, refused: 2 }, tempo: 126.05, buttons: { fog: true }, cmds: { "3": 0.5 } });
    expect(proposed.at(-1)).toMatchObject({ bpm: 126.05, quantum: 4 });
  });

  it("shows who is awaited, and who is connected without beats", async () => {
    const { protocol, port } = await start({ os2l: "both" });
    const awaited = await waitFor("the port", () => protocol.condition?.()?.text);
    await waitFor("it listens", () => protocol.condition?.()?.text.includes(`port ${port}`));
    expect(awaited).toContain("OS2L: no lighting program found yet");
    expect(protocol.condition?.()).toMatchObject({ level: "ok", text: `OS2L: nobody is connected to port ${port} yet; OS2L: no lighting program found yet` });
    await dial(port);
    await waitFor("the connection", () => /127\.0\.0\.1:\d+ is connected, and sends no beats/.test(protocol.condition?.()?.text ?? ""));
  });

  it("finds nothing wrong with a program whose first message comes in pieces", async () => {
    const { protocol, port, context } = await start({ os2l: "follow" });
    const warnings = vi.spyOn(context.log, "warn");
    const dj = await dial(port);
    dj.write('{"evt":"beat","change":false,');
    dj.write('"pos":4,"bpm":126.05,"strength":0.5}');
    await waitFor("the beat", () => protocol.state()["tempo"] === 126.05);
    expect(protocol.condition?.()?.level).toBe("ok");
    expect(warnings).not.toHaveBeenCalled();
  });

  it.each([["words", Buffer.alloc(200_000, "A")], ["UTF-16", Buffer.from('{"evt":"beat","bpm":120}'.repeat(5000), "utf16le")]])("says who sends nothing but %s, and closes it", async (_, junk) => {
    const { protocol, port } = await start({ os2l: "follow" });
    const other = await dial(port);
    const closed = new Promise<void>((resolve) => void other.once("close", () => resolve()));
    other.write(junk.subarray(0, 1000));
    await waitFor("the condition", () => protocol.condition?.()?.text.includes("nothing that it sends is a message of OS2L"));
    other.write(junk);
    await closed;
    await waitFor("that it is gone", () => protocol.condition?.()?.level === "ok");
  });

  it("closes a connection that sends junk by the thousand, and takes the beats of another one meanwhile", async () => {
    const { protocol, port } = await start({ os2l: "follow" });
    const [flood, dj] = [await dial(port), await dial(port)];
    // Its end may reach us as an error, too.
    const closed = new Promise<void>((resolve) => void flood.once("close", () => resolve()));
    flood.write("{}".repeat(200_000));
    dj.write(JSON.stringify({ evt: "beat", change: false, pos: 4, bpm: 126, strength: 0.5 }));
    await closed;
    await waitFor("the beat", () => protocol.state()["beat"] === 4);
    await waitFor("one of them alone", () => Reflect.get(Object(protocol.state()["server"]), "peers").length === 1);
    expect(Reflect.get(Object(protocol.state()["server"]), "refused")).toBeLessThan(100_000);
  });

  it("takes the beats of the first of two programs, names the other, and takes those of the other when the first is gone", async () => {
    const { protocol, port } = await start({ os2l: "follow" });
    const [first, other] = [await dial(port), await dial(port)];
    const beat = (bpm: number): string => JSON.stringify({ evt: "beat", change: false, pos: 4, bpm, strength: 0.5 });
    first.write(beat(126));
    await waitFor("the first", () => protocol.state()["tempo"] === 126);
    other.write(beat(140));
    await waitFor("the condition", () => protocol.condition?.()?.text.includes(`the beats of 127.0.0.1:${other.localPort} are left out`));
    expect(protocol.state()["tempo"]).toBe(126);
    first.destroy();
    await waitFor("one of them alone", () => Reflect.get(Object(protocol.state()["server"]), "peers").length === 1);
    other.write(beat(140));
    await waitFor("the other", () => protocol.state()["tempo"] === 140);
  });

  it("says when programs that send nothing leave no room for others", async () => {
    const { protocol, port } = await start({ os2l: "follow" });
    for (let count = 0; count < 17; count += 1) await dial(port);
    await waitFor("the condition", () => protocol.condition?.()?.text.includes("too many programs are connected"));
    expect(protocol.state()["server"]).toMatchObject({ turned_away: 1 });
  });

  it("is found by DNS-SD", async () => {
    const { port } = await start({ os2l: "follow" });
    const ports: number[] = [];
    const browsing = browse({ type: "_os2l._tcp", onFound: (service) => void ports.push(service.port), onProblem: () => {} });
    onTestFinished(() => browsing.close());
    await waitFor("the service", () => ports.includes(port));
    expect(ports).toContain(port);
  });

  it("runs the command that a button is named after, if it is allowed and switched on", async () => {
    const { sent, port } = await start({ os2l: "follow", os2l_buttons: true });
    const dj = await dial(port);
    for (const name of ["audio_analyzer/nudge -10", "audio_analyzer/shutdown", "audio_analyzer/tap"]) {
      dj.write(JSON.stringify({ evt: "btn", name, state: "on" }) + JSON.stringify({ evt: "btn", name, state: "off" }));
    }
    await waitFor("the command", () => sent.some(({ cmd }) => cmd === "tap"));
    expect(sent.map(({ cmd, args }) => ({ cmd, args }))).toEqual([{ cmd: "nudge", args: { ms: -10 } }, { cmd: "tap", args: {} }]);
  });

  it("logs two lines a second about buttons that do nothing, however many are pressed", async () => {
    const { context, protocol, port } = await start({ os2l: "follow", os2l_buttons: true });
    const info = vi.spyOn(context.log, "info");
    const began = performance.now();
    const dj = await dial(port);
    for (let n = 0; n < 300; n += 1) dj.write(JSON.stringify({ evt: "btn", name: `audio_analyzer/key${n}`, state: "on" }));
    await waitFor("the buttons", () => Reflect.get(Object(protocol.state()["server"]), "messages") === 300);
    await waitFor("a line", () => info.mock.calls.length > 0);
    expect(info.mock.calls.length).toBeLessThanOrEqual(2 * (Math.ceil((performance.now() - began) / 1000) + 1));
  });

  it("stays, with bounded memory, whatever strangers send", async () => {
    const { protocol, port } = await start({ os2l: "follow" });
    // Sixteen have a place, and make room for the next because they send nothing of use.
    const strangers = await Promise.all(Array.from({ length: 20 }, () => dial(port)));
    for (const [index, stranger] of strangers.entries()) stranger.write(Buffer.alloc(300_000, index % 2 === 0 ? '{"a":' : "\0\xff"));
    await waitFor("the junk", () => Number(Reflect.get(Object(protocol.state()["server"]), "refused")) >= 16);
    const dj = await dial(port);
    dj.write('{"evt":"beat","bpm":120,"pos":1}');
    await waitFor("the beat", () => protocol.state()["tempo"] === 120);
  });
});

it("a place of IPv4 is the same on both ends of a connection", () => {
  expect(placeOf("::ffff:127.0.0.1", 9997)).toBe(placeOf("127.0.0.1", 9997));
});

describe("OS2L as client", () => {
  it.each(["127.0.0.1:0", "127.0.0.1:65536", "localhost:99999"])("has no lighting program at %s", (to) => {
    expect(syncConfig.safeParse({ os2l_send_to: [to] }).error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(/^(the port is a number from 1 to 65535, not "|write host:port)/)]);
  });

  it("does not follow its own beats that were sent to its own port, but those of others", async () => {
    const port = await freePort();
    const { protocol, setTempo, proposed } = await start({ os2l: "both", os2l_port: port, os2l_send_to: [`127.0.0.1:${port}`] });
    setTempo({ bpm: 600, beat: 0, atUs: nowUs(), metre: 4, barKnown: true, barBeats: 8, by: 1, live: true });
    await waitFor("some beats", () => Number(Reflect.get(Object(protocol.state()["server"]), "messages")) >= 5);
    expect(protocol.condition?.()).toMatchObject({ level: "degraded", text: `OS2L: 127.0.0.1:${port} is this rig itself, so its beats are not followed` });
    expect(protocol.state()["tempo"]).toBeNull();
    expect(proposed.every((tempo) => tempo === undefined)).toBe(true);
    const dj = await dial(port);
    dj.write('{"evt":"beat","bpm":126,"pos":1}');
    await waitFor("the tempo", () => protocol.state()["tempo"] === 126);
  });

  it("sends each beat on its time, as a packet of its own, and a button at a drop", async () => {
    const packets: { text: string; us: number }[] = [];
    const lights = createServer((socket) => socket.on("data", (bytes) => packets.push({ text: String(bytes), us: nowUs() }))).listen(0, "127.0.0.1");
    await once(lights, "listening");
    onTestFinished(() => void lights.close());
    const { protocol, setTempo, jump } = await start({ os2l: "send", os2l_send_to: [`127.0.0.1:${portOf(lights.address())}`] });
    await waitFor("the connection", () => JSON.stringify(protocol.state()["lights"]).includes('"connected":true'));
    const atUs = nowUs();
    setTempo({ bpm: 600, beat: 0, atUs, metre: 4, barKnown: true, barBeats: 8, by: 1, live: true });
    await waitFor("12 beats", () => packets.length >= 12);
    jump("drop");
    await waitFor("the drop", () => packets.some(({ text }) => text.includes('"off"')));
    const beats = packets.filter(({ text }) => text.includes('"beat"')).map(({ text, us }) => ({ ...(JSON.parse(text) as { pos: number; strength: number; change: boolean; bpm: number }), us }));
    const [first] = beats;
    expect(first).toMatchObject({ change: true, bpm: 600 });
    expect(beats.slice(1, 10).every(({ change }) => !change)).toBe(true);
    // Each once and in order; one that a busy machine made late is left out.
    const places = beats.map(({ pos }) => pos);
    expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
    for (const { pos, strength } of beats) expect(strength).toBe(pos % 4 === 0 ? 1 : 0.5);
    const late = beats.map(({ pos, us }) => us - atUs - pos * 100_000).sort((a, b) => a - b);
    expect(late[Math.floor(late.length / 2)]).toBeLessThan(100_000);
  });

  it("comes back to a program that was closed, and says that it is away", async () => {
    const port = await freePort();
    const { protocol } = await start({ os2l: "send", os2l_send_to: [`127.0.0.1:${port}`] });
    await waitFor("the condition", () => protocol.condition?.()?.text === `OS2L: nothing answers at 127.0.0.1:${port}`);
    const lights = createServer().listen(port, "127.0.0.1");
    onTestFinished(() => void lights.close());
    await waitFor("the connection", () => protocol.condition?.()?.text === `OS2L: beats go to 127.0.0.1:${port}`);
    expect(protocol.state()["lights"]).toMatchObject([{ connected: true }]);
  });
});
