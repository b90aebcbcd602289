import { RecordingWriter } from "@vj/recording";
import type { ByteSink } from "@vj/recording";
import type { OscTable } from "@vj/schema";
import type { ReadableMessage } from "./readable-message.ts";

/** Writes messages as JSON with a schema each: what viewers of MCAP plot. */
export class JsonRecording {
  readonly #writer: RecordingWriter;
  readonly #table: OscTable;
  readonly #channels = new Map<string, number | undefined>();

  /** `loadCodec` must have resolved. */
  constructor(sink: ByteSink, table: OscTable) {
    this.#writer = new RecordingWriter(sink);
    this.#table = table;
  }

  begin(): Promise<void> {
    return this.#writer.begin("vj-bus");
  }

  /** @param at epoch nanoseconds */
  add(message: ReadableMessage, at: bigint): void {
    const { address, values } = message;
    if (!this.#channels.has(address)) this.#channels.set(address, this.#open(message));
    const id = this.#channels.get(address);
    if (id !== undefined) this.#writer.add(id, at, Buffer.from(JSON.stringify(values)));
  }

  flush(): Promise<void> {
    return this.#writer.flush();
  }

  end(): Promise<void> {
    return this.#writer.end();
  }

  #open({ address, values, tags }: ReadableMessage): number | undefined {
    const entry = Object.hasOwn(this.#table, address) ? this.#table[address] : undefined;
    const properties = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const argument = entry?.args.find((one) => one.name === name);
        return [name, { ...typeOf(value), ...(argument?.unit === undefined ? {} : { description: argument.unit }) }];
      }),
    );
    const description = entry?.description === undefined ? {} : { description: entry.description };
    // A log line has the form that viewers know as a log.
    const name = tags === undefined ? "foxglove.Log" : `vj${address.replaceAll("/", ".")}`;
    const data = Buffer.from(JSON.stringify({ type: "object", ...description, properties }));
    const schemaId = this.#writer.addSchema({ name, encoding: "jsonschema", data });
    return this.#writer.addChannel({ topic: address, encoding: "json", schemaId, metadata: new Map() });
  }
}

function typeOf(value: unknown): Record<string, unknown> {
  if (typeof value === "number") return { type: "number" };
  if (typeof value === "string") return { type: "string" };
  if (typeof value === "boolean") return { type: "boolean" };
  if (Array.isArray(value)) return { type: "array", items: { type: "number" } };
  if (typeof value === "object" && value !== null) return { type: "object", properties: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typeOf(inner)])) };
  return {};
}
