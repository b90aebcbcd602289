import type { Peer } from "@vj/control";
import { defineCommand, ok } from "@vj/worker";
import type { CommandDefinition } from "@vj/worker";
import { z } from "zod";

/**
 * The holding of a worker's output: while at least one connection holds it, another process publishes instead. Put {@link
 * OutputHold.command} into the command table as `hold_output`.
 */
export class OutputHold {
  readonly #holders = new Set<Peer>();
  readonly #onChange: (held: boolean) => void;

  /** @param onChange called when the first connection holds the output, and when the last holding connection has closed. */
  constructor(onChange: (held: boolean) => void) {
    this.#onChange = onChange;
  }

  get held(): boolean {
    return this.#holders.size > 0;
  }

  /** The command `hold_output`; a repetition on one connection changes nothing. */
  command(): CommandDefinition {
    return defineCommand({
      description: "Stops it from publishing /karaoke/* for as long as this connection lives",
      args: z.object({}),
      run: (_args, peer) => {
        this.#add(peer);
        return ok("Output held until this connection closes");
      },
    });
  }

  #add(peer: Peer): void {
    if (this.#holders.has(peer)) return;
    this.#holders.add(peer);
    if (this.#holders.size === 1) this.#onChange(true);
    peer.on("close", () => {
      this.#holders.delete(peer);
      if (this.#holders.size === 0) this.#onChange(false);
    });
  }
}
