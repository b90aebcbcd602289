/** Named tables of numbers packed for shipping, in base64: 8-bit integers row by row, times a scale for each column (32-bit floats, little-endian). */
export interface PackedTensors {
  readonly tensors: Readonly<Record<string, { readonly scales: string; readonly data: string }>>;
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** @returns a look-up that throws when no tensor has the name */
export const decodeTensors =
  ({ tensors }: PackedTensors) =>
  (name: string): Float64Array => {
    const packed = tensors[name];
    if (!packed) throw new Error(`no tensor "${name}" among ${Object.keys(tensors).join(", ")}: pack the weights again`);
    const scales = new DataView(bytesOf(packed.scales).buffer);
    const columns = scales.byteLength / 4;
    return Float64Array.from(Int8Array.from(bytesOf(packed.data)), (value, k) => value * scales.getFloat32(4 * (k % columns), true));
  };
