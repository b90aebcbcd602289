import { nextFreePort } from "./free.ts";
import { portOwner } from "./owner.ts";
import type { PortProtocol } from "./owner.ts";

/** The port that was wanted. */
export interface TakenPort {
  readonly protocol: PortProtocol;
  readonly port: number;
  /** The command that takes another port, for example `vj osc --port 9001`. @param free a free one */
  readonly change?: ((free: number) => string) | undefined;
}

/**
 * Explains to a person that a port is taken: which, by whom where the system shows it, the next free one, and how to take that.
 * Never throws.
 */
export async function explainTakenPort({ protocol, port, change }: TakenPort): Promise<string> {
  const [owner, free] = await Promise.all([portOwner(protocol, port), nextFreePort(protocol, port)]);
  const instead = free === undefined ? "choose another port" : change === undefined ? `take ${free}, which is free` : `take the next free one with: ${change(free)}`;
  return `${protocol.toUpperCase()} port ${port} is taken by ${owner ?? "another program"}; end it, or ${instead}`;
}
