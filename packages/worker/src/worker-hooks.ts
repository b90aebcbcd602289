import type { Peer } from "@vj/control";
import type { Command, Message, Reply } from "@vj/schema";
import type { z } from "zod";
import type { VettedConfig } from "./change-config.ts";
import type { CommandTable } from "./command-table.ts";
import type { ReportedCondition } from "./condition-clock.ts";
import { failed } from "./reply.ts";

/** The hooks that a worker overrides, each with its default. */
export abstract class WorkerHooks<C extends z.ZodObject> {
  abstract readonly name: string;

  /** The settings in force. */
  protected abstract get config(): z.output<C>;

  /** Opens resources. Must be quick, because commands wait for it: wait for hardware and network elsewhere. */
  protected onStart(): void | Promise<void> {}

  /** Releases what `onStart` opened. */
  protected onStop(): void | Promise<void> {}

  /** Its commands with their arguments. Called once, at start. */
  protected commands(): CommandTable {
    return {};
  }

  /** Answers a command that is not in the table. */
  protected onCommand(command: Command, _peer: Peer): Reply | Promise<Reply> {
    return failed(`unknown command "${command.cmd}"; the command describe lists those of ${this.name}`, "unknown_command");
  }

  /** Messages other than commands: `register` and `heartbeat`, for a supervisor. When undefined, they are refused. */
  protected onMessage: ((message: Message, peer: Peer) => void) | undefined = undefined;

  /** Its own part of the heartbeat's `stats`. */
  protected getStats(): Record<string, unknown> {
    return {};
  }

  /** Whether it does its job, for the heartbeat and `get_state`; undefined when it does not report that. */
  protected getCondition(): ReportedCondition | undefined {
    return undefined;
  }

  /** Its own part of `get_state`. */
  protected getState(): Record<string, unknown> {
    return {};
  }

  /**
   * Checks changed settings that match the schema before they are saved, for example whether a named file exists.
   * @param _next the resulting settings. @param changes the changed values
   * @returns the values to set, or the reason for a refusal
   */
  protected async vetConfig(_next: z.output<C>, changes: Record<string, unknown>): Promise<VettedConfig> {
    return { ok: true, changes };
  }

  /**
   * Puts changed settings into force; `this.config` already has the new values. The default stops and starts in place. An
   * exception undoes the change.
   * @returns the message of the reply; nothing for "Config updated"
   */
  protected onConfig(_previous: z.output<C>): string | void | Promise<string | void> {
    return this.#startAnew();
  }

  async #startAnew(): Promise<void> {
    await this.onStop();
    await this.onStart();
  }
}
