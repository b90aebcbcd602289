import { view } from "./bytes.ts";
import { walkBoxes } from "./mp4-boxes.ts";

const free = new TextEncoder().encode("free");

/**
 * The parts of an index, one after the other, of a recording that has samples in fragments: where its first samples are in
 * tables of the index, once without the fragments, and once without these tables.
 */
export function splitIndex(moov: Uint8Array): readonly Uint8Array[] {
  const [tables, fragments] = [moov.slice(), moov.slice()];
  const numbers = view(fragments);
  let [tabled, fragmented] = [0, false];
  walkBoxes(moov, (name, body) => {
    if (name === "mvex") {
      fragmented = true;
      tables.set(free, body - 4);
    }
    // Edits count from the beginning of the recording, which is in the tables.
    if (name === "elst") fragments.set(free, body - 4);
    if (name !== "stsz") return;
    tabled += numbers.getUint32(body + 8);
    numbers.setUint32(body + 8, 0);
  });
  return fragmented && tabled > 0 ? [tables, fragments] : [moov];
}
