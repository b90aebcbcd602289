/** kernel.wat, assembled. */
export const kernelCode =
  "AGFzbQEAAAABCQFgBX9/f39/AAIPAQNuZXQGbWVtb3J5AgABAwIBAAcOAQphY2N1bXVsYXRlAAAKzQIBygICBH8FeyAEQQJ0IQUgACAFaiEGAkADQCAAQcAAaiAGSw0BIAD9AAQAIQogAP0ABBAhCyAA/QAEICEMIAD9AAQwIQ0gASEHIAMhCANAIAf9CQIAIQkgCiAJIAj9AAQA/eYB/eQBIQogCyAJIAj9AAQQ/eYB/eQBIQsgDCAJIAj9AAQg/eYB/eQBIQwgDSAJIAj9AAQw/eYB/eQBIQ0gCCAFaiEIIAdBBGohByAHIAJJDQALIAAgCv0LBAAgACAL/QsEECAAIAz9CwQgIAAgDf0LBDAgAEHAAGohACADQcAAaiEDDAALCwJAA0AgACAGTw0BIAD9AAQAIQogASEHIAMhCANAIAogB/0JAgAgCP0ABAD95gH95AEhCiAIIAVqIQggB0EEaiEHIAcgAkkNAAsgACAK/QsEACAAQRBqIQAgA0EQaiEDDAALCws=";

/** What this file needs of WebAssembly, which the types of Node leave out. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

/** See kernel.wat. */
type Accumulate = (...at: [out: number, input: number, inputEnd: number, weights: number, columns: number]) => void;

/** Vectors and matrices of 32-bit floats in a memory of their own, multiplied by WebAssembly four at a time: six times as fast as numbers of JavaScript. */
export interface Kernel {
  /** @returns zeros in the memory. Parts of them may be passed to `accumulate`, too */
  vector(length: number): Float32Array;
  /**
   * out += input x weights, all of them from `vector`. The weights are row-major, a row for each value of the input.
   * @throws {RangeError} if the lengths do not fit, or that of `out` is not a multiple of four
   */
  accumulate(out: Float32Array, input: Float32Array, weights: Float32Array): void;
}

const floatBytes = 4;
const pageBytes = 65_536;
/** A vector begins at a multiple of so many bytes. */
const alignment = 16;

/** @param floats length of all vectors together, of which each counts as the next multiple of four */
export function createKernel(floats: number): Kernel {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((floats * floatBytes) / pageBytes) });
  const module = new WebAssembly.Module(Uint8Array.from(atob(kernelCode), (c) => c.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(module, { net: { memory } });
  const accumulate = exports["accumulate"] as Accumulate;
  let used = 0;
  return {
    vector(length) {
      const vector = new Float32Array(memory.buffer, used, length);
      used = Math.ceil((used + vector.byteLength) / alignment) * alignment;
      return vector;
    },
    accumulate(out, input, weights) {
      if (out.length % 4 !== 0 || input.length === 0 || weights.length !== input.length * out.length)
        throw new RangeError(`${input.length} values times ${weights.length} weights do not give ${out.length}`);
      accumulate(out.byteOffset, input.byteOffset, input.byteOffset + input.byteLength, weights.byteOffset, out.length);
    },
  };
}
