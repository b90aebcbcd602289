/** Named arrays of numbers packed for shipping: 16-bit integers with one scale each, little-endian, in base64. */
export interface PackedTensors {
  readonly tensors: Readonly<Record<string, { readonly scale: number; readonly data: string }>>;
}

/** @returns a look-up that throws when no tensor has the name */
export const decodeTensors =
  ({ tensors }: PackedTensors) =>
  (name: string): Float64Array => {
    const packed = tensors[name];
    if (!packed) throw new Error(`no tensor "${name}" among ${Object.keys(tensors).join(", ")}: pack the weights again`);
    const bytes = atob(packed.data);
    const at = (i: number): number => bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8);
    return Float64Array.from({ length: bytes.length / 2 }, (_, i) => ((at(i) << 16) >> 16) * packed.scale);
  };
