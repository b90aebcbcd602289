import { busDir, connect } from "@vj/control";
import { scan } from "@vj/discovery";
import { contractOsc, readDescription } from "@vj/schema";
import type { OscTable } from "@vj/schema";

/** The addresses that all running workers declare, workers of others included; the contract's addresses when none runs. */
export async function tablesOfRig(): Promise<OscTable> {
  const tables = await Promise.all(scan().map(describedTable));
  const all: OscTable = Object.assign({}, ...tables);
  return Object.keys(all).length === 0 ? contractOsc : all;
}

/** The table of one worker; empty when it is away or declares none. */
async function describedTable(worker: string): Promise<OscTable> {
  try {
    await using client = await connect(worker, { busDir: busDir(), reconnect: false });
    const reply = await client.request("describe");
    return readDescription(reply.data).description?.osc ?? {};
  } catch {
    return {};
  }
}
