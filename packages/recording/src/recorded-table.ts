import { contractOsc, oscAddressSchema, parseJson } from "@vj/schema";
import type { OscTable } from "@vj/schema";
import { z } from "zod";
import type { Metadata } from "./records.ts";

const name = "vj.worker";
const tableSchema = z.record(z.string(), oscAddressSchema);

/** The addresses that a worker describes, as they are kept in a recording. */
export function tableMetadata(worker: string, osc: OscTable): Metadata {
  return { name, values: new Map([["worker", worker], ["osc", JSON.stringify(osc)]]) };
}

/** The addresses that the workers of a recording described, beside those of the contract. What cannot be read is left out. */
export function recordedTable(metadata: readonly Metadata[]): OscTable {
  const own = metadata.flatMap(({ name: other, values }) => {
    const table = other === name ? tableSchema.safeParse(parseJson(values.get("osc") ?? "")) : undefined;
    return table?.success === true ? [table.data] : [];
  });
  return Object.assign({ ...contractOsc }, ...own);
}
