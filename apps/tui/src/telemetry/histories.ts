import type { LatestEntry } from "@vj/telemetry";

/** What one numeric argument of an address was. An argument that is not a number has no samples. */
export interface ArgumentHistory {
  readonly least: number;
  readonly most: number;
  /** The last ones that were looked at, oldest first. */
  readonly samples: readonly number[];
}

/** Samples of one argument, arguments of one address, and addresses: strangers may send any number of them. */
const kept = { samples: 240, args: 16, addresses: 512 } as const;

interface Slot {
  count: number;
  args: { least: number; most: number; samples: number[] }[];
}

/** The arguments of each address as they were whenever a picture was drawn. */
export class Histories {
  readonly #slots = new Map<string, Slot>();

  /** By address. */
  get all(): ReadonlyMap<string, readonly ArgumentHistory[]> {
    return new Map(Array.from(this.#slots, ([address, { args }]) => [address, args]));
  }

  /** Takes the newest message of each address, once. */
  look(entries: readonly LatestEntry[]): void {
    for (const { message, count } of entries) {
      const slot = this.#slot(message.address);
      if (slot === undefined || slot.count === count) continue;
      slot.count = count;
      for (const [index, value] of message.args.slice(0, kept.args).entries()) sample(slot, index, value);
    }
  }

  clear(): void {
    this.#slots.clear();
  }

  #slot(address: string): Slot | undefined {
    const known = this.#slots.get(address);
    if (known !== undefined || this.#slots.size >= kept.addresses) return known;
    const slot: Slot = { count: 0, args: [] };
    this.#slots.set(address, slot);
    return slot;
  }
}

function sample({ args }: Slot, index: number, value: unknown): void {
  const argument = (args[index] ??= { least: Infinity, most: -Infinity, samples: [] });
  if (typeof value !== "number" || !Number.isFinite(value)) return;
  argument.least = Math.min(argument.least, value);
  argument.most = Math.max(argument.most, value);
  argument.samples.push(value);
  if (argument.samples.length > kept.samples) argument.samples.shift();
}
