import { rm, stat } from "node:fs/promises";
import { systemErrorCode } from "@vj/files";
import type { LogEntry } from "@vj/logs";
import { RecordingWriter, chunkBytes, createPartFile, tableMetadata, writerMark } from "@vj/recording";
import type { BytesWithin, PartFile } from "@vj/recording";
import { logLevels } from "@vj/schema";
import type { OscTable } from "@vj/schema";
import { commandIn, commandSchema, commandTopic } from "./recorded-command.ts";

/** Addresses of one file; further ones are counted as lost. A worker that makes up addresses must not fill memory. */
const mostAddresses = 4096;

/** Most bytes that wait while the disk does not answer; further messages are lost. */
const mostGathered = 32 * 1_048_576;

/** The channel of the log lines. */
export const logTopic = "/vj/log";

/** The form of a log line that MCAP viewers know as a log. */
const logSchema = {
  name: "foxglove.Log",
  encoding: "jsonschema",
  data: Buffer.from(JSON.stringify({
    type: "object",
    properties: {
      timestamp: { type: "object", properties: { sec: { type: "integer" }, nsec: { type: "integer" } } },
      level: { type: "integer", description: "1 debug, 2 info, 3 warning, 4 error, 5 fatal" },
      message: { type: "string" },
      name: { type: "string" },
    },
  })),
};

function timestampOf(ms: number): { sec: number; nsec: number } {
  const sec = Math.floor(ms / 1000);
  return { sec, nsec: Math.round((ms - sec * 1000) * 1e6) };
}

/** One file of a recording while it is written. */
export class Part {
  readonly file: string;
  readonly #handle: PartFile;
  readonly #writer: RecordingWriter;
  readonly #channels = new Map<string, number>();
  readonly #log: number | undefined;
  #command: number | undefined;
  readonly #ino: number;
  #overflow = 0;

  private constructor(file: string, handle: PartFile, ino: number) {
    this.file = file;
    this.#handle = handle;
    this.#ino = ino;
    this.#writer = new RecordingWriter(handle);
    this.#log = this.#writer.addChannel({ topic: logTopic, encoding: "json", schemaId: this.#writer.addSchema(logSchema), metadata: new Map() });
  }

  /** Creates the file. `loadCodec` must have resolved. @throws system errors; `EEXIST` when there is something of that name */
  static async create(file: string, version: string): Promise<Part> {
    const handle = await createPartFile(file);
    try {
      const part = new Part(file, handle, (await stat(file)).ino);
      // With its mark at once: a file that names no writer may be completed by any process.
      await part.#writer.begin(`vj-bus ${version}`, writerMark());
      return part;
    } catch (error) {
      await handle.close();
      // On a full disk each try would leave an empty file.
      await rm(file, { force: true });
      throw error;
    }
  }

  get messages(): number {
    return this.#writer.messages;
  }

  /** Messages that are not in the file. */
  get lost(): number {
    return this.#writer.lost + this.#overflow;
  }

  /** Bytes in the file. */
  get size(): number {
    return this.#writer.position;
  }

  /** Whether enough is gathered to be written early. */
  get full(): boolean {
    return this.#writer.gathered >= chunkBytes;
  }

  /** @param at epoch nanoseconds @param published when it was sent, if that was earlier */
  add(address: string, at: bigint, message: BytesWithin, published = at): void {
    const id = this.#writer.gathered > mostGathered ? undefined : (this.#channels.get(address) ?? this.#open(address));
    if (id === undefined) this.#overflow += 1;
    else this.#writer.addFrom(id, at, message, published);
  }

  /** @param at epoch nanoseconds */
  addLog({ at: writtenAt, level, source, text }: LogEntry, at: bigint): void {
    const line = { timestamp: timestampOf(writtenAt), level: Math.max(1, logLevels.indexOf(level)), message: text.slice(0, 4000), name: source };
    this.#addJson(this.#log, at, line);
  }

  /** Adds the command that a worker carried out and logged; nothing for other lines. @param at epoch nanoseconds */
  addCommand(entry: LogEntry, at: bigint): void {
    const command = commandIn(entry.line);
    if (command === undefined) return;
    this.#command ??= this.#writer.addChannel({ topic: commandTopic, encoding: "json", schemaId: this.#writer.addSchema(commandSchema), metadata: new Map() });
    this.#addJson(this.#command, at, { timestamp: timestampOf(entry.at), worker: entry.source, ...command });
  }

  /** Stores the addresses that a worker sends, so that the file can be read without the worker. @throws system errors */
  describe(worker: string, table: OscTable): Promise<void> {
    return this.#writer.addMetadata(tableMetadata(worker, table));
  }

  /** Writes what was gathered. @throws system errors: what was gathered is lost, the file is as before */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Whether the file was deleted or replaced: what is written then cannot be found. */
  async isGone(): Promise<boolean> {
    try {
      return (await stat(this.file)).ino !== this.#ino;
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT" || systemErrorCode(error) === "ENOTDIR") return true;
      throw error;
    }
  }

  /** Writes the rest and the index, and closes the file. @throws system errors; the file is closed all the same */
  async end(): Promise<void> {
    try {
      await this.#writer.end();
      await this.#handle.sync();
    } finally {
      await this.#handle.close();
    }
  }

  /** Closes the file as it is. */
  abandon(): Promise<void> {
    return this.#handle.close();
  }

  #addJson(channel: number | undefined, at: bigint, value: unknown): void {
    if (channel === undefined || this.#writer.gathered > mostGathered) this.#overflow += 1;
    else this.#writer.add(channel, at, Buffer.from(JSON.stringify(value)));
  }

  #open(address: string): number | undefined {
    if (this.#channels.size >= mostAddresses) return undefined;
    const id = this.#writer.addChannel({ topic: address, encoding: "osc", schemaId: 0, metadata: new Map() });
    if (id !== undefined) this.#channels.set(address, id);
    return id;
  }
}
