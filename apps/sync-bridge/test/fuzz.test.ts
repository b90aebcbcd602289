import { describe, expect, it } from "vitest";
import { noBeats, takeBeat, tempoOfBeats } from "../src/protocols/os2l/beat-in.ts";
import { readMessage } from "../src/protocols/os2l/message.ts";
import { ObjectSplitter, longestObject } from "../src/protocols/os2l/object-splitter.ts";
import { readAddress } from "../src/protocols/remote/address.ts";
import { RemoteCommands } from "../src/protocols/remote/remote-commands.ts";
import { readRequests } from "../src/protocols/remote/request.ts";
import { fakeRig } from "./remote/fake-rig.ts";

/** `VJ_FUZZ=200000 npx vitest run apps/sync-bridge/test/fuzz.test.ts` for more. */
const cases = Number(process.env["VJ_FUZZ"] ?? 5000);

/** Numbers from 0 up to 1, the same in each run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Bytes with some of them replaced, cut, repeated or moved. */
function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  let out = Buffer.from(bytes);
  for (let n = Math.floor(random() * 4); n >= 0; n -= 1) {
    const at = Math.floor(random() * (out.length + 1));
    const kind = Math.floor(random() * 4);
    if (kind === 0 && at < out.length) out[at] = Math.floor(random() * 256);
    if (kind === 1) out = out.subarray(0, at);
    if (kind === 2) out = Buffer.concat([out.subarray(0, at), out.subarray(Math.floor(random() * out.length)), out.subarray(at)]);
    if (kind === 3) out = Buffer.concat([out.subarray(at), out.subarray(0, at)]);
  }
  return out.subarray(0, 4000);
}

const text = (value: string): Buffer => Buffer.concat([Buffer.from(value), Buffer.alloc(4 - (Buffer.byteLength(value) % 4))]);

const datagrams = [
  Buffer.concat([text("/vj/audio_analyzer/nudge"), text(",f"), Buffer.from([0xc1, 0x20, 0, 0])]),
  Buffer.concat([text("/vj/audio_analyzer/tap"), text(",T")]),
  Buffer.concat([text("/vj/audio_analyzer/pick"), text(",si"), text("spotify"), Buffer.from([0, 0, 0, 2])]),
  Buffer.concat([text("/vj/audio_analyzer/set/gain"), text(",d"), Buffer.alloc(8)]),
  Buffer.concat([text("/vj/audio_analyzer/list"), text(",sss"), text("a"), text("b"), text("c")]),
  Buffer.concat([text("/vj/process_manager/shutdown"), text(",F")]),
];
const bundled = Buffer.concat([Buffer.from("#bundle\0"), Buffer.alloc(8), ...datagrams.slice(0, 3).flatMap((one) => [Buffer.from([0, 0, 0, one.length]), one])]);

describe("damaged input", () => {
  it("of the remote reaches nothing that is not allowed, and ends nothing", async () => {
    const random = randomFrom(7);
    const { rig, sent } = fakeRig();
    const allowed = ["audio_analyzer/tap", "audio_analyzer/nudge", "audio_analyzer/pick", "audio_analyzer/list", "audio_analyzer/set/gain"];
    const commands = new RemoteCommands({ rig, config: { remote_allow: allowed, remote_rate: 1_000_000 } });
    for (let n = 0; n < cases; n += 1) {
      const datagram = [...datagrams, bundled][Math.floor(random() * (datagrams.length + 1))] ?? bundled;
      for (const { command } of readRequests(damaged(datagram, random))?.requests ?? []) {
        if ("address" in command) await commands.run(command.address, command.values);
      }
    }
    expect(sent.length).toBeGreaterThan(cases / 100);
    for (const { worker, cmd, args } of sent.splice(0)) {
      const path = cmd === "set_config" ? "set/gain" : cmd;
      if (worker !== "audio_analyzer" || !allowed.includes(`audio_analyzer/${path}`)) throw new Error(`${worker} ${cmd} was reached`);
      if (cmd === "nudge" && !(Math.abs(Number(Reflect.get(Object(args), "ms"))) <= 500)) throw new Error("a value out of its range was sent");
    }
    expect(readAddress("/vj/audio_analyzer/tap")).toBeDefined();
  });

  it("of OS2L gives objects of bounded size, and tempos in their range", () => {
    const random = randomFrom(11);
    const splitter = new ObjectSplitter();
    const messages = ['{"evt":"beat","change":false,"pos":4,"bpm":126.05,"strength":0.5}', '{"evt":"beat","bpm":1e308,"pos":-5}', '{"evt":"btn","name":"a\\"{ö","state":"on"}', '{"evt":"cmd","id":1,"param":0.5}'];
    let beats = noBeats;
    let taken = 0;
    for (let n = 0; n < cases; n += 1) {
      const us = n * 1e5;
      for (const object of splitter.push(damaged(Buffer.from(messages[Math.floor(random() * messages.length)] ?? ""), random))) {
        if (object.length > longestObject) throw new Error("an object is too long");
        const message = readMessage(object);
        if (message?.evt !== "beat") continue;
        taken += 1;
        beats = takeBeat(beats, message, us);
        const tempo = tempoOfBeats(beats, us);
        if (tempo !== undefined && !(tempo.bpm >= 20 && tempo.bpm <= 999 && Number.isFinite(tempo.beat) && Number.isFinite(tempo.atUs))) throw new Error(`not a tempo: ${JSON.stringify(tempo)}`);
      }
    }
    expect(taken).toBeGreaterThan(cases / 100);
  });
});
