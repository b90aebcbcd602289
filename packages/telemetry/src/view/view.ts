import { limits } from "@vj/contract";
import type { TargetView } from "@vj/contract";
import type { CheckedMessage } from "../encode/checked-message.ts";
import { encodeMessage } from "../encode/encode.ts";
import { addressRules } from "./address-rules.ts";
import { Block } from "./block.ts";
import { Bundle } from "./bundle.ts";
import { FlashGuard } from "./flash-guard.ts";
import type { Lamp } from "./flash-guard.ts";
import { headOf, renamed } from "./head.ts";
import { numberPart } from "./number-part.ts";
import type { NumberPart } from "./number-part.ts";
import { Pace } from "./pace.ts";
import type { Slot } from "./pace.ts";
import type { Rendering } from "./render.ts";
import { rendering } from "./render.ts";
import { ShapedMessage } from "./shaped-message.ts";
import { bundledShapes } from "./shapes.ts";
import { inAscii } from "./to-ascii.ts";

export interface ViewOptions {
  /** Gets the datagrams of this view. */
  readonly send: (datagrams: readonly Uint8Array[]) => void;
  /** Gets a datagram with one value of a stream, which the next one replaces. */
  readonly sendStream: (datagram: Uint8Array) => void;
  /** Gets what cannot be encoded: its address as it would go out, and why in a sentence. */
  readonly onFault: (address: string, fault: string) => void;
  /** Gets what does not fit into a datagram. */
  readonly onOversize: (address: string, bytes: number) => void;
}

/** Where a shaped message goes, and what the steps know of that address. */
interface Way {
  /** The outgoing one. */
  readonly address: string;
  readonly lamp: Lamp | undefined;
  readonly slot: Slot | undefined;
  /** How it stands in a bundle, while it is one number of this tag. */
  part: NumberPart | undefined;
}

/**
 * What stands between the sender and the receivers that see the same: shape, then which addresses and under which names, then the
 * steps: the text policy, the flash guard, the rate. Messages of a shape with many small ones, and those of a receiver that
 * asks for it, travel as bundles: all that one turn of the event loop sends. Never throws.
 */
export class View {
  readonly #settings: TargetView;
  readonly #options: ViewOptions;
  readonly #addressOf: (address: string) => string | undefined;
  /** Where the messages of each address of the table go, in the order of the shaped messages; undefined: they do not go out. */
  readonly #ways = new Map<string, readonly (Way | undefined)[]>();
  readonly #guard: FlashGuard | undefined;
  readonly #pace: Pace | undefined;
  readonly #isAscii: boolean;
  /** Messages of one table address, ready but for their numbers; null: they cannot be made this way. */
  readonly #blocks = new Map<string, Block | null>();
  readonly #bundle: Bundle | undefined;
  /** Whether the end of this turn of the event loop is awaited. */
  #turns = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = 0;

  constructor(settings: TargetView, options: ViewOptions) {
    const { shape, text, safe, rate, on_change: onChange, bundled = bundledShapes[shape] } = settings;
    this.#settings = settings;
    this.#options = options;
    this.#addressOf = addressRules(settings);
    const guard = safe ? new FlashGuard() : undefined;
    const pace = rate !== undefined || onChange ? new Pace(settings) : undefined;
    // Nobody counted the flashes before this view began.
    guard?.follow(undefined, performance.now());
    this.#guard = guard;
    this.#pace = pace;
    this.#isAscii = text === "ascii";
    this.#bundle = bundled ? new Bundle() : undefined;
  }

  /** Sends one message, or holds it until its time has come. */
  send({ message, at, shaped }: Rendering): void {
    const all = shaped(this.#settings.shape);
    const ways = this.#waysOf(message.address, all);
    const passesNumbers = this.#guard === undefined && this.#pace === undefined;
    if (passesNumbers && this.#bundle !== undefined && this.#addBlock(this.#bundle, message.address, all, ways)) return;
    for (let index = 0; index < all.length; index += 1) {
      const [one, way] = [all[index], ways[index]];
      if (one === undefined || way === undefined) continue;
      if (passesNumbers && !this.#isAscii) this.#collect(one, way);
      else this.#step(one, way, at);
    }
    if (!passesNumbers) this.#awaitTurn();
  }

  /** Takes a message through the steps, under its outgoing name: what several addresses are renamed to is one value there. @param now ms */
  #step(one: ShapedMessage, way: Way, now: number): void {
    const named = way.address === one.address ? one : { address: way.address, definition: one.definition, values: one.values };
    const read = this.#isAscii ? inAscii(named) : named;
    const limited = this.#guard?.limit(read, now, way.lamp) ?? read;
    if (this.#pace?.admit(limited, now, way.slot) === false) return;
    // With its own values it is the one whose bytes are made once for all views.
    this.#collect(limited.values === one.values ? one : limited, way);
  }

  /** The datagrams for a receiver that joins late: every value at once, whatever the rate, and no flash is counted. */
  replay(messages: readonly CheckedMessage[]): Uint8Array[] {
    const bundle = this.#bundle === undefined ? undefined : new Bundle();
    const single: Uint8Array[] = [];
    for (const message of messages) {
      for (const one of rendering(message).shaped(this.#settings.shape)) {
        const address = this.#addressOf(one.address);
        if (address === undefined) continue;
        const read = this.#isAscii ? inAscii(one) : one;
        const bytes = this.#put(this.#guard?.shown({ ...read, address }) ?? read, this.#wayOf(address), bundle);
        if (bytes !== undefined) single.push(bytes);
      }
    }
    return bundle?.take() ?? single;
  }

  /** Takes over a receiver from another view: no change of settings makes a flash. */
  follow(previous: View): void {
    this.#guard?.follow(previous.#guard, performance.now());
  }

  /** Takes receivers back from another program: nobody counted what it made flash. */
  followOther(): void {
    this.#guard?.follow(undefined, performance.now());
  }

  /** Whether the flash guard is on. */
  get isGuarded(): boolean {
    return this.#guard !== undefined;
  }

  /** Sends every value again, also an unchanged one: somebody has joined. */
  refresh(): void {
    this.#pace?.clear();
  }

  /** Discards what is still held. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#bundle?.take();
  }

  #waysOf(address: string, shaped: readonly ShapedMessage[]): readonly (Way | undefined)[] {
    const known = this.#ways.get(address);
    // An optional argument that was left out before has no way yet.
    if (known !== undefined && known.length >= shaped.length) return known;
    const ways = shaped.map((one) => {
      const to = this.#addressOf(one.address);
      return to === undefined ? undefined : this.#wayOf(to);
    });
    this.#ways.set(address, ways);
    return ways;
  }

  #wayOf(address: string): Way {
    return { address, lamp: this.#guard?.lampOf(address), slot: this.#pace?.slotOf(address), part: undefined };
  }

  /** Adds all shaped messages at once. @returns false when that cannot be done */
  #addBlock(bundle: Bundle, address: string, shaped: readonly ShapedMessage[], ways: readonly (Way | undefined)[]): boolean {
    let block = this.#blocks.get(address);
    if (block?.fits(shaped) === false) block = undefined;
    if (block === undefined) {
      block = Block.of(shaped, ways.map((way) => way?.address)) ?? null;
      this.#blocks.set(address, block);
    }
    if (block === null) return false;
    if (!bundle.addBlock(block, shaped)) return false;
    if (block.count > 0) this.#awaitTurn();
    return true;
  }

  #collect(message: CheckedMessage, way: Way): void {
    const single = this.#put(message, way, this.#bundle);
    if (single !== undefined && message.definition.kind === "stream") this.#options.sendStream(single);
    else if (single !== undefined) this.#options.send([single]);
    else if (this.#bundle !== undefined) this.#awaitTurn();
  }

  /** Sends the bundle, and sets the timer, when this turn of the event loop has sent all it will. */
  #awaitTurn(): void {
    if (this.#turns) return;
    this.#turns = true;
    queueMicrotask(() => {
      this.#turns = false;
      if (this.#closed) return;
      const datagrams = this.#bundle?.take() ?? [];
      if (datagrams.length > 0) this.#options.send(datagrams);
      this.#await();
    });
  }

  /** Encodes a message under an outgoing address, into the bundle where there is one. @returns its bytes if it travels alone */
  #put(message: CheckedMessage, way: Way, bundle: Bundle | undefined): Uint8Array | undefined {
    const { address } = way;
    const [argument] = message.definition.args;
    const [value] = message.values;
    if (bundle !== undefined && message.values.length === 1 && argument !== undefined && argument.tag !== "s" && typeof value === "number") {
      if (way.part?.tag !== argument.tag) way.part = numberPart(address, argument.tag);
      if (way.part.size > limits.datagramBytes) this.#options.onOversize(address, way.part.size);
      else bundle.addNumber(way.part, value);
      return undefined;
    }
    const encoded = message instanceof ShapedMessage ? message.encoded : encodeMessage(message);
    if (!encoded.ok) {
      this.#options.onFault(address, encoded.error);
      return undefined;
    }
    // The values are encoded once for all views; each view only puts its own name before them.
    const { bytes } = encoded;
    const head = message.address === address ? undefined : headOf(address);
    const from = head === undefined ? 0 : headOf(message.address).byteLength;
    const size = (head?.byteLength ?? 0) + bytes.byteLength - from;
    if (size > limits.datagramBytes) this.#options.onOversize(address, size);
    else if (bundle === undefined) return head === undefined ? bytes : renamed(bytes, from, head);
    else bundle.add(bytes, head, from);
    return undefined;
  }

  /** Sets the one timer to the time at which the first held message is due. */
  #await(): void {
    const due = Math.min(this.#guard?.nextDue ?? Infinity, this.#pace?.nextDue ?? Infinity) + newerMs;
    if (this.#timer !== undefined && this.#timerAt <= due + timerMs && due !== Infinity) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (due === Infinity) return;
    this.#timerAt = due;
    this.#timer = setTimeout(() => this.#sendDue(performance.now()), Math.max(0, due - performance.now()));
    this.#timer.unref();
  }

  #sendDue(now: number): void {
    this.#timer = undefined;
    const unguarded = this.#guard?.due(now).filter((message) => this.#pace?.admit(message, now) !== false) ?? [];
    for (const message of [...unguarded, ...(this.#pace?.due(now, (held) => this.#guard?.again(held, now) ?? held) ?? [])]) this.#collect(message, this.#wayOf(message.address));
    this.#awaitTurn();
  }
}

/** Held messages wait this much longer, ms: the next frame then brings a newer value, which needs no timer. */
const newerMs = 8;
/** The timer is not set again for a smaller difference, ms. */
const timerMs = 1;
