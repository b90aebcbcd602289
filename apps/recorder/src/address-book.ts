import type { BytesWithin } from "@vj/recording";

/** Longest address, bytes. */
const longest = 255;
/** Addresses that are kept: a worker that makes up addresses must not fill memory. */
const mostKept = 10_000;

/** What is known of an address. */
export interface KnownAddress {
  readonly address: string;
  readonly bytes: Uint8Array;
  /** Whether it is recorded. */
  readonly wanted: boolean;
}

/** Finds the address of a message from its bytes, without decoding it again each time. */
export class AddressBook {
  readonly #isWanted: (address: string) => boolean;
  readonly #byHash = new Map<number, KnownAddress>();
  readonly #byName = new Map<string, KnownAddress>();

  /** @param isWanted asked once for each address, while there is room for it */
  constructor(isWanted: (address: string) => boolean) {
    this.#isWanted = isWanted;
  }

  /** @returns undefined when the message does not begin with an address and the zero behind it */
  find({ data: packet, begin, end }: BytesWithin): KnownAddress | undefined {
    let hash = 0x81_1c_9d_c5;
    let stop = begin;
    for (; stop < end && packet[stop] !== 0; stop += 1) hash = Math.imul(hash ^ (packet[stop] ?? 0), 0x01_00_01_93);
    if (stop === end || stop - begin > longest) return undefined;
    const known = this.#byHash.get(hash);
    return known !== undefined && isSame(known.bytes, packet, begin, stop) ? known : this.#byText(Uint8Array.prototype.slice.call(packet, begin, stop), hash);
  }

  /** What is known of an address given as text. */
  get(address: string): KnownAddress {
    return this.#byName.get(address) ?? this.#add(address, Buffer.from(address));
  }

  /** Two addresses of one hash: the first is found by it, the other one by its text. */
  #byText(bytes: Uint8Array, hash: number): KnownAddress {
    const address = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    const entry = this.#byName.get(address) ?? this.#add(address, bytes);
    if (!this.#byHash.has(hash) && this.#byHash.size < mostKept) this.#byHash.set(hash, entry);
    return entry;
  }

  #add(address: string, bytes: Uint8Array): KnownAddress {
    const entry = { address, bytes, wanted: this.#isWanted(address) };
    if (this.#byName.size < mostKept) this.#byName.set(address, entry);
    return entry;
  }
}

function isSame(bytes: Uint8Array, packet: Uint8Array, begin: number, end: number): boolean {
  if (bytes.byteLength !== end - begin) return false;
  for (let index = 0; index < bytes.byteLength; index += 1) if (bytes[index] !== packet[begin + index]) return false;
  return true;
}
