// The mean of the networks in the files of VJ_NETS (separated by commas; files of pack.py), in place of the shipped ones.
import { createBeatNet } from "../../../packages/audio/dist/rhythm/activation/net.js";

const files = (process.env.VJ_NETS ?? "").split(",").filter((file) => file !== "");
/** @type {import("../../../packages/audio/dist/net/dilated-net.js").DilatedNetWeights[]} */
const weights = [];
if (files.length === 0) throw new Error("VJ_NETS names no network: give files of weights, separated by commas");
for (const file of files) weights.push(...Object.values(await import(file)));

/** @returns {import("../../../packages/audio/dist/rhythm/activation/net.js").BeatNet} */
export const createBeatNets = () => {
  const nets = weights.map(createBeatNet);
  const part = (/** @type {"beat" | "downbeat" | "tempo"} */ name) => {
    const parts = nets.map((net) => net[name]);
    const out = new Float64Array(parts[0]?.length ?? 0);
    const average = () => {
      for (let k = 0; k < out.length; k += 1) out[k] = parts.reduce((sum, values) => sum + (values[k] ?? 0), 0) / parts.length;
    };
    return { out, average };
  };
  const [beat, downbeat, tempo] = [part("beat"), part("downbeat"), part("tempo")];
  return {
    beat: beat.out,
    downbeat: downbeat.out,
    tempo: tempo.out,
    step(frames) {
      for (const net of nets) net.step(frames);
      for (const each of [beat, downbeat, tempo]) each.average();
    },
    reset() {
      for (const net of nets) net.reset();
    },
  };
};
