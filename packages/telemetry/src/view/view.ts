import { limits } from "@vj/schema";
import type { TargetView } from "@vj/schema";
import type { CheckedMessage } from "../send/encode.ts";
import { addressRules } from "./address-rules.ts";
import { bundle } from "./bundle.ts";
import { FlashGuard } from "./flash-guard.ts";
import { Pace } from "./pace.ts";
import type { Rendering } from "./render.ts";
import { rendering } from "./render.ts";
import { toAscii } from "./to-ascii.ts";

export interface ViewOptions {
  /** Gets the datagrams of this view. */
  readonly send: (datagrams: readonly Uint8Array[]) => void;
  /** Gets what cannot be encoded: its address as it would go out, and why in a sentence. */
  readonly onFault: (address: string, fault: string) => void;
  /** Gets what does not fit into a datagram. */
  readonly onOversize: (address: string, bytes: number) => void;
}

/**
 * What stands between the sender and the receivers that see the same: shape, then which addresses and under which names, the
 * flash guard, the rate, and the text policy. Messages of a shape with many small ones travel as bundles: all that one turn of
 * the event loop sends. Never throws.
 */
export class View {
  readonly #settings: TargetView;
  readonly #options: ViewOptions;
  readonly #addressOf: (address: string) => string | undefined;
  readonly #guard: FlashGuard | undefined;
  readonly #pace: Pace | undefined;
  #timer: NodeJS.Timeout | undefined;
  #collected: Uint8Array[] = [];

  constructor(settings: TargetView, options: ViewOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#addressOf = addressRules(settings);
    this.#guard = settings.safe ? new FlashGuard() : undefined;
    this.#pace = settings.rate !== undefined || settings.on_change ? new Pace(settings) : undefined;
  }

  /** Sends one message, or holds it until its time has come. */
  send(render: Rendering): void {
    for (const shaped of render.shaped(this.#settings.shape)) {
      if (this.#addressOf(shaped.address) === undefined) continue;
      const message = this.#guard?.limit(shaped, performance.now()) ?? shaped;
      if (this.#pace === undefined || this.#pace.admit(message, performance.now())) this.#collect(message, render);
      else this.#await();
    }
  }

  /** The datagrams with which a late joiner begins; what has its time and its limits otherwise comes without them. */
  replay(messages: readonly CheckedMessage[]): Uint8Array[] {
    const encoded: Uint8Array[] = [];
    for (const message of messages) {
      const render = rendering(message);
      for (const shaped of render.shaped(this.#settings.shape)) {
        const bytes = this.#encode(shaped, render);
        if (bytes !== undefined) encoded.push(bytes);
      }
    }
    return this.#bundles ? bundle(encoded) : encoded;
  }

  /** Sends nothing that is still held. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#collected = [];
  }

  get #bundles(): boolean {
    return this.#settings.shape === "flat" || this.#settings.shape === "synesthesia";
  }

  #collect(message: CheckedMessage, render: Rendering): void {
    const bytes = this.#encode(message, render);
    if (bytes === undefined) return;
    if (!this.#bundles) return this.#options.send([bytes]);
    if (this.#collected.length === 0) queueMicrotask(() => this.#flush());
    this.#collected.push(bytes);
  }

  #flush(): void {
    const collected = this.#collected;
    this.#collected = [];
    this.#options.send(bundle(collected));
  }

  #encode(message: CheckedMessage, render: Rendering): Uint8Array | undefined {
    const address = this.#addressOf(message.address);
    if (address === undefined) return undefined;
    const values = this.#settings.text === "ascii" ? inAscii(message.values) : message.values;
    const same = address === message.address && values === message.values;
    const encoded = render.encoded(same ? message : { ...message, address, values });
    if (!encoded.ok) {
      this.#options.onFault(address, encoded.error);
      return undefined;
    }
    if (encoded.bytes.byteLength <= limits.datagramBytes) return encoded.bytes;
    this.#options.onOversize(address, encoded.bytes.byteLength);
    return undefined;
  }

  /** One timer for all that is held. */
  #await(): void {
    if (this.#timer !== undefined) return;
    const due = this.#pace?.nextDue();
    if (due === undefined) return;
    this.#timer = setTimeout(() => this.#sendDue(), Math.max(0, due - performance.now()));
    this.#timer.unref();
  }

  #sendDue(): void {
    this.#timer = undefined;
    for (const message of this.#pace?.due(performance.now()) ?? []) this.#collect(message, rendering(message));
    this.#await();
  }
}

function inAscii(values: CheckedMessage["values"]): CheckedMessage["values"] {
  return values.some((value) => typeof value === "string")
    ? values.map((value) => (typeof value === "string" ? toAscii(value) : value))
    : values;
}
