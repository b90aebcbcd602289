import { isFields, numberField, textField } from "@vj/rig";

/** The worker that follows all OSC for as long as it runs, and takes packets of anybody on a port of its own. */
export const debuggerName = "osc_debugger";

/** The newest message of an address as the debugger has it. */
export interface SeenAddress {
  readonly address: string;
  readonly tags: string;
  readonly args: readonly unknown[];
  readonly count: number;
  readonly rate: number;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly changedFrom: string | undefined;
}

/** Reads the reply to `get_addresses`; what does not fit is left out. */
export function readSeen(data: unknown): SeenAddress[] {
  const addresses = isFields(data) ? data["addresses"] : undefined;
  return (Array.isArray(addresses) ? addresses : []).filter(isFields).flatMap((entry) => {
    const address = textField(entry, "address");
    const { args } = entry;
    if (address === undefined) return [];
    return [{
      address,
      tags: textField(entry, "tags") ?? "",
      args: Array.isArray(args) ? args : [],
      count: numberField(entry, "count") ?? 0,
      rate: numberField(entry, "rate") ?? 0,
      receivedAt: (numberField(entry, "timestamp") ?? 0) * 1000,
      changedFrom: textField(entry, "type_changed_from"),
    }];
  });
}
