import { limits } from "@vj/schema";
import type { TargetView } from "@vj/schema";
import type { CheckedMessage } from "../send/encode.ts";
import { addressRules } from "./address-rules.ts";
import { bundle } from "./bundle.ts";
import { FlashGuard } from "./flash-guard.ts";
import { Pace } from "./pace.ts";
import type { Rendering } from "./render.ts";
import { rendering } from "./render.ts";
import { renameEncoded } from "./rename-encoded.ts";
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
  #timerAt = 0;
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
      const address = this.#addressOf(shaped.address);
      if (address === undefined) continue;
      if (this.#guard === undefined && this.#pace === undefined) {
        this.#collect(this.#encode(shaped, address, render));
        continue;
      }
      // Under its outgoing name: what several addresses are renamed to is one value there.
      const named = address === shaped.address ? shaped : { ...shaped, address };
      const message = this.#guard?.limit(named, performance.now()) ?? named;
      if (this.#pace !== undefined && !this.#pace.admit(message, performance.now())) this.#await();
      else if (message === named) this.#collect(this.#encode(shaped, address, render));
      else this.#collect(this.#encode(message, address, render));
    }
  }

  /** The datagrams with which a late joiner begins; what has its time and its limits otherwise comes without them. */
  replay(messages: readonly CheckedMessage[]): Uint8Array[] {
    const encoded: Uint8Array[] = [];
    for (const message of messages) {
      const render = rendering(message);
      for (const shaped of render.shaped(this.#settings.shape)) {
        const address = this.#addressOf(shaped.address);
        const bytes = address === undefined ? undefined : this.#encode(shaped, address, render);
        if (bytes !== undefined) encoded.push(bytes);
      }
    }
    return this.#bundles ? bundle(encoded) : encoded;
  }

  /** Sends every value anew, also what has not changed: somebody has joined. */
  refresh(): void {
    this.#pace?.clear();
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

  #collect(bytes: Uint8Array | undefined): void {
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

  #encode(message: CheckedMessage, address: string, render: Rendering): Uint8Array | undefined {
    const values = this.#settings.text === "ascii" ? inAscii(message.values) : message.values;
    const encoded = render.encoded(values === message.values ? message : { ...message, values });
    if (!encoded.ok) {
      this.#options.onFault(address, encoded.error);
      return undefined;
    }
    // The values are encoded once for all views; each view only puts its own name before them.
    const bytes = address === message.address ? encoded.bytes : renameEncoded(encoded.bytes, message.address, address);
    if (bytes.byteLength <= limits.datagramBytes) return bytes;
    this.#options.onOversize(address, bytes.byteLength);
    return undefined;
  }

  /** One timer for all that is held, at the time of the first. */
  #await(): void {
    const due = this.#pace?.nextDue();
    if (due === undefined || (this.#timer !== undefined && this.#timerAt <= due)) return;
    clearTimeout(this.#timer);
    this.#timerAt = due;
    this.#timer = setTimeout(() => this.#sendDue(), Math.max(0, due - performance.now()));
    this.#timer.unref();
  }

  #sendDue(): void {
    this.#timer = undefined;
    for (const message of this.#pace?.due(performance.now()) ?? []) this.#collect(this.#encode(message, message.address, rendering(message)));
    this.#await();
  }
}

function inAscii(values: CheckedMessage["values"]): CheckedMessage["values"] {
  return values.some((value) => typeof value === "string")
    ? values.map((value) => (typeof value === "string" ? toAscii(value) : value))
    : values;
}
