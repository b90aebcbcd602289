import { crc32 } from "@foxglove/crc";
import type * as wasmZstd from "@foxglove/wasm-zstd";
import { RecordingError } from "./errors.ts";
import { recordingLimits } from "./limits.ts";

/** Compression level: higher ones cost more than they save on telemetry; 3 takes twice the time for the same size. */
const level = 1;

/** A chunk as it is stored. */
export interface StoredChunk {
  readonly compression: string;
  readonly uncompressedSize: bigint;
  readonly uncompressedCrc: number;
  readonly records: Uint8Array;
}

let zstd: Pick<typeof wasmZstd, "compress" | "decompress"> | undefined;

/** Loads zstd, which is WebAssembly; resolves when it can be used. Called late, so that programs which may record start no slower. */
export async function loadCodec(): Promise<void> {
  const loaded = await import("@foxglove/wasm-zstd");
  await loaded.isLoaded;
  zstd = loaded;
}

function codec(): Pick<typeof wasmZstd, "compress" | "decompress"> {
  if (zstd === undefined) throw new RecordingError("misuse", "zstd is not loaded: await loadCodec() before");
  return zstd;
}

/** Compresses the records of a chunk. `loadCodec` must have resolved. */
export function packChunk(records: Uint8Array): StoredChunk {
  return { compression: "zstd", uncompressedSize: BigInt(records.byteLength), uncompressedCrc: crc32(records), records: codec().compress(records, level) };
}

/**
 * The records of a chunk. `loadCodec` must have resolved.
 * @throws RecordingError `too_large`, `unsupported`, or `damaged` when size or checksum differ from what the chunk claims.
 */
export function unpackChunk({ compression, uncompressedSize, uncompressedCrc, records }: StoredChunk): Uint8Array {
  if (uncompressedSize > recordingLimits.chunkBytes) {
    throw new RecordingError("too_large", `a chunk of ${uncompressedSize} bytes, more than ${recordingLimits.chunkBytes}`);
  }
  const plain = inflate(compression, records, Number(uncompressedSize));
  if (plain.byteLength !== Number(uncompressedSize)) throw new RecordingError("damaged", "a chunk has another size than it claims");
  if (uncompressedCrc !== 0 && crc32(plain) !== uncompressedCrc) throw new RecordingError("damaged", "a chunk does not match its checksum");
  return plain;
}

function inflate(compression: string, records: Uint8Array, size: number): Uint8Array {
  if (compression === "") return records;
  if (compression !== "zstd") {
    throw new RecordingError("unsupported", `it is compressed with "${compression.slice(0, 20)}"; the mcap program writes it anew with zstd, which is read`);
  }
  const { decompress } = codec();
  try {
    return decompress(records, size);
  } catch (error) {
    throw new RecordingError("damaged", "a chunk cannot be decompressed", { cause: error });
  }
}
