import { messagesFrom, recordedTable } from "@vj/recording";
import type { Recording } from "@vj/recording";
import type { NewFile } from "../new-file.ts";
import { JsonRecording } from "./json-recording.ts";
import { readMessage } from "./readable-message.ts";
import { csv, ndjson } from "./text-export.ts";
import type { ReadableMessage } from "./readable-message.ts";

export const exportFormats = ["mcap-json", "csv", "ndjson"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  readonly recording: Recording;
  readonly format: ExportFormat;
  /** Where it begins, epoch nanoseconds. */
  readonly from: bigint;
  /** Whether an address is asked for. */
  readonly wanted: (address: string) => boolean;
  readonly sink: NewFile;
  readonly signal: AbortSignal;
  /** @param done 0 to 1 */
  readonly onProgress: (done: number) => void;
  /** Called with the fault of a chunk that is left out. */
  readonly onDamage: (fault: Error) => void;
}

/** What was exported. */
export interface Exported {
  readonly messages: number;
  /** Messages whose bytes are not what their channel says. */
  readonly unreadable: number;
}

/** Writes a recording in another form, one chunk after the other. @throws RecordingError, system errors, the reason of the signal */
export async function runExport({ recording, format, from, wanted, sink, signal, onProgress, onDamage }: ExportOptions): Promise<Exported> {
  const table = recordedTable(recording.metadata);
  const writer = format === "mcap-json" ? new JsonRecording(sink, table) : textWriter(format, sink);
  await writer.begin();
  let [messages, unreadable] = [0, 0];
  for await (const chunk of messagesFrom(recording, from, { onDamage, signal })) {
    for (const message of chunk) {
      if (!wanted(message.channel.topic)) continue;
      const readable = readMessage(message, table);
      if (readable === undefined) unreadable += 1;
      else {
        writer.add(readable, message.at);
        messages += 1;
      }
    }
    await writer.flush();
    const last = chunk.at(-1);
    if (last !== undefined) onProgress(Number(last.at - recording.start) / Math.max(1, Number(recording.end - recording.start)));
  }
  await writer.end();
  return { messages, unreadable };
}

function textWriter(format: "csv" | "ndjson", sink: NewFile): Pick<JsonRecording, "begin" | "add" | "flush" | "end"> {
  const { head, lines } = format === "csv" ? csv : ndjson;
  let text = "";
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(text);
    text = "";
    if (bytes.byteLength > 0) await sink.append(bytes);
  };
  return {
    begin: async () => void (text = head),
    add: (message: ReadableMessage, at: bigint) => void (text += lines(message, at)),
    flush,
    end: flush,
  };
}
