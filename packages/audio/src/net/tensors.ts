/** Named tables of numbers packed for shipping, in base64: 8-bit integers row by row, times a scale for each column (32-bit floats, little-endian). */
export interface PackedTensors {
  readonly tensors: Readonly<Record<string, { readonly scales: string; readonly data: string }>>;
}

/** Loops, because a callback for each of half a million bytes would keep a worker that starts from its sound for a tenth of a second. */
function bytesOf(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let k = 0; k < bytes.length; k += 1) bytes[k] = binary.charCodeAt(k);
  return bytes;
}

function scalesOf(text: string): Float32Array {
  const view = new DataView(bytesOf(text).buffer);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, k) => view.getFloat32(4 * k, true));
}

/** @returns a look-up that throws when no tensor has the name */
export const decodeTensors =
  ({ tensors }: PackedTensors) =>
  (name: string): Float64Array => {
    const packed = tensors[name];
    if (!packed) throw new Error(`no tensor "${name}" among ${Object.keys(tensors).join(", ")}: pack the weights again`);
    const scales = scalesOf(packed.scales);
    const integers = new Int8Array(bytesOf(packed.data).buffer);
    const values = new Float64Array(integers.length);
    for (let k = 0; k < values.length; k += 1) values[k] = (integers[k] ?? NaN) * (scales[k % scales.length] ?? NaN);
    return values;
  };
