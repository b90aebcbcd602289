import { mkdir } from "node:fs/promises";
import path from "node:path";
import { systemErrorCode } from "@vj/files";
import { LogSet, followLogs } from "@vj/logs";
import type { LogEntry, LogFollower } from "@vj/logs";
import { chunkMs, loadCodec } from "@vj/recording";
import { openRig } from "@vj/rig";
import type { Rig } from "@vj/rig";
import { oscPattern } from "@vj/schema";
import type { OscTable } from "@vj/schema";
import type { BusRecordingOptions, BusRecordingStats } from "./bus-recording-options.ts";
import { AddressBook } from "./address-book.ts";
import { Carried } from "./carried.ts";
import { nowNs, toNs } from "./clock.ts";
import { partNames } from "./file-names.ts";
import { Part, logTopic } from "./part.ts";
import { commandTopic } from "./recorded-command.ts";
import { PacketSplitter } from "./split-packet.ts";
import { writeFault } from "./write-fault.ts";
import type { WriteFault } from "./write-fault.ts";

/** Delay before a file that could not be opened is tried again, and between looks whether the file is still there; milliseconds. */
const lookMs = 1000;

/** Records a whole bus into one file after the other. A fault of the disk is reported and waited out. */
export class BusRecording {
  readonly #options: BusRecordingOptions;
  readonly #nextFile: () => string;
  readonly #addresses: AddressBook;
  readonly #splitter = new PacketSplitter();
  readonly #carried = new Carried();
  readonly #tables = new Map<string, OscTable>();
  #part: Part | undefined;
  /** The name of the next file, while it cannot be made. */
  #waiting: string | undefined;
  #partEnds = 0;
  #nextLook = 0;
  /** When what was gathered was last written, on the clock of the packets. */
  #writtenAt = 0;
  /** Why the next file could not begin, so that this one goes on. */
  #splitFault: string | undefined;
  #ended = { files: 0, messages: 0, size: 0, lost: 0 };
  #fault: WriteFault | undefined;
  #work: Promise<void> = Promise.resolve();
  /** The end of the file before. */
  #ending: Promise<void> = Promise.resolve();
  #working = false;
  #closed = false;
  #rig: Rig | undefined;
  #logs: LogFollower | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BusRecordingOptions) {
    this.#options = options;
    this.#nextFile = partNames(options.file);
    const leaveOut = options.leaveOut.map((pattern) => oscPattern(pattern));
    this.#addresses = new AddressBook((address) => !leaveOut.some((matches) => matches(address)));
  }

  /** Begins the first file, then listens. @returns the fault of the first file, which is tried again; undefined when it is there */
  async open(): Promise<unknown> {
    await loadCodec();
    const fault = await this.#begin();
    if (fault !== undefined) this.#onFault(fault);
    const { busDir, except, onProblem } = this.#options;
    const rig = openRig({ busDir, except: [...except], states: false, descriptions: true });
    this.#rig = rig;
    rig.on("problem", onProblem);
    rig.on("change", (_state, event) => {
      if (event.type === "description") this.#describe(event.name, event.description.osc);
    });
    rig.tap((packet, at) => this.#take(packet, at));
    if (this.#wants(logTopic)) {
      const logs = new LogSet({ busDir, historyBytes: 0 });
      this.#logs = followLogs(logs, { onEntries: (entries) => this.#takeLogs(entries), onProblem });
    }
    this.#timer = setInterval(() => this.#tick(), chunkMs);
    return fault;
  }

  stats(): BusRecordingStats {
    const { files, messages, size, lost } = this.#ended;
    const part = this.#part;
    return {
      file: part?.file,
      files: files + (part === undefined ? 0 : 1),
      messages: messages + (part?.messages ?? 0),
      size: size + (part?.size ?? 0),
      lost: lost + (part?.lost ?? 0),
      fault: this.#fault?.text,
      help: this.#fault?.help,
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Ends the file in order. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#logs?.close();
    await this.#rig?.close();
    await this.#work;
    await this.#ending;
    const part = this.#part;
    this.#part = undefined;
    if (part !== undefined) await this.#end(part);
  }

  #wants(address: string): boolean {
    return this.#addresses.get(address).wanted;
  }

  #take(packet: Uint8Array, atMs: number): void {
    const at = toNs(atMs);
    for (const message = this.#splitter.split(packet); message.next(); ) {
      const known = this.#addresses.find(message);
      if (known?.wanted !== true) continue;
      const { address } = known;
      if (this.#carried.keeps(address)) this.#carried.take(address, Uint8Array.prototype.slice.call(packet, message.begin, message.end), at);
      if (this.#part === undefined) this.#ended.lost += 1;
      else this.#part.add(address, at, message);
    }
    // A flood is written before it takes memory. On a busy machine packets come before timers.
    if (this.#part?.full === true || atMs - this.#writtenAt > chunkMs) this.#tick();
  }

  #takeLogs(entries: readonly LogEntry[]): void {
    const at = nowNs();
    for (const entry of entries) {
      this.#part?.addLog(entry, at);
      if (this.#wants(commandTopic)) this.#part?.addCommand(entry, at);
    }
  }

  #describe(worker: string, described: OscTable): void {
    const table = Object.fromEntries(Object.entries(described).filter(([address]) => this.#wants(address)));
    this.#carried.describe(table);
    if (Object.keys(table).length === 0) return;
    this.#tables.set(worker, table);
    this.#part?.describe(worker, table).catch(this.#onFault);
  }

  readonly #onFault = (error: unknown): void => {
    const fault = writeFault(error, this.#options.file);
    if (fault.text !== this.#fault?.text) this.#options.onProblem(`nothing is recorded: ${fault.text}`);
    this.#fault = fault;
  };

  #tick(): void {
    if (this.#working) return;
    this.#working = true;
    this.#work = this.#write().finally(() => {
      this.#working = false;
      // A slow disk does not make the next chunk wait for a timer, too.
      if (!this.#closed && performance.timeOrigin + performance.now() - this.#writtenAt > chunkMs) setImmediate(() => this.#tick());
    });
  }

  /** First writes what was gathered: nothing else may keep it waiting. */
  async #write(): Promise<void> {
    const time = performance.now();
    this.#writtenAt = performance.timeOrigin + time;
    const faults: unknown[] = [];
    await this.#part?.flush().catch((error: unknown) => faults.push(error));
    try {
      if (time > this.#nextLook) await this.#look(time);
      if (this.#part !== undefined && time > this.#partEnds) await this.#split(this.#part);
    } catch (error) {
      faults.push(error);
    }
    if (faults.length > 0) this.#onFault(faults[0]);
    else if (this.#part !== undefined) this.#fault = undefined;
  }

  /** @throws the fault because of which nothing is recorded */
  async #look(time: number): Promise<void> {
    this.#nextLook = time + lookMs;
    const part = this.#part;
    if (part !== undefined) {
      if (!(await part.isGone())) return;
      this.#options.onProblem(`${part.file} was deleted or moved; a new file begins`);
      this.#part = undefined;
      await part.abandon();
      this.#count(part, false);
    }
    const fault = await this.#begin();
    if (fault !== undefined) throw fault;
  }

  /** The next file takes over before this one ends: nothing is lost between them. Where it cannot begin, this one goes on. */
  async #split(part: Part): Promise<void> {
    const fault = await this.#begin();
    if (fault === undefined) {
      this.#splitFault = undefined;
      this.#ending = Promise.all([this.#ending, this.#end(part)]).then(() => {});
      return;
    }
    this.#partEnds = performance.now() + lookMs;
    const why = writeFault(fault, this.#options.file).text;
    if (why !== this.#splitFault) this.#options.onProblem(`the next file cannot begin, so ${part.file} goes on: ${why}`);
    this.#splitFault = why;
  }

  /** @returns why the next file could not begin; undefined when it has */
  async #begin(): Promise<unknown> {
    const { version, onFile, makeFolders } = this.#options;
    try {
      const file = (this.#waiting ??= this.#nextFile());
      await mkdir(path.dirname(file), { recursive: makeFolders, mode: 0o700 }).catch(ifThere);
      const part = await Part.create(file, version);
      this.#part = part;
      this.#waiting = undefined;
      this.#partEnds = performance.now() + this.#options.splitMs;
      this.#fault = undefined;
      onFile?.(file);
      for (const [worker, table] of this.#tables) part.describe(worker, table).catch(this.#onFault);
      const at = nowNs();
      for (const { address, bytes, at: published } of this.#carried.messages()) part.add(address, at, { data: bytes, begin: 0, end: bytes.byteLength }, published);
      return undefined;
    } catch (error) {
      // Somebody else has made a file of that name meanwhile.
      if (systemErrorCode(error) === "EEXIST") this.#waiting = undefined;
      return error;
    }
  }

  async #end(part: Part): Promise<void> {
    try {
      await part.end();
    } catch (error) {
      this.#onFault(error);
    }
    this.#count(part, true);
  }

  #count(part: Part, kept: boolean): void {
    this.#ended.files += kept ? 1 : 0;
    this.#ended.messages += kept ? part.messages : 0;
    this.#ended.size += kept ? part.size : 0;
    this.#ended.lost += part.lost + (kept ? 0 : part.messages);
  }
}

function ifThere(error: unknown): void {
  if (systemErrorCode(error) !== "EEXIST") throw error;
}
