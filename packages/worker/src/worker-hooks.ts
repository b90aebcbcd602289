import type { Peer } from "@vj/control";
import type { Command, Message, Reply } from "@vj/schema";
import type { z } from "zod";
import type { VettedConfig } from "./change-config.ts";
import type { CommandTable } from "./command-table.ts";
import type { ReportedCondition } from "./condition-clock.ts";
import { failed } from "./reply.ts";

/** The hooks that a worker fills in, each with its default. */
export abstract class WorkerHooks<C extends z.ZodObject> {
  abstract readonly name: string;

  /** The settings in force. */
  protected abstract get config(): z.output<C>;

  /** Opens resources. Quick: commands wait for it, so hardware and network are waited for elsewhere. */
  protected onStart(): void | Promise<void> {}

  /** Releases what `onStart` opened. */
  protected onStop(): void | Promise<void> {}

  /** The commands it knows, with their arguments. Called once, at start. */
  protected commands(): CommandTable {
    return {};
  }

  /** Answers a command that is in no table. */
  protected onCommand(command: Command, _peer: Peer): Reply | Promise<Reply> {
    return failed(`unknown command "${command.cmd}"; ask describe for those that ${this.name} knows`, "unknown_command");
  }

  /** Messages other than commands: `register` and `heartbeat`, for a supervisor. Undefined: they are refused. */
  protected onMessage: ((message: Message, peer: Peer) => void) | undefined = undefined;

  /** Its own part of the heartbeat's `stats`. */
  protected getStats(): Record<string, unknown> {
    return {};
  }

  /** Whether it does its job, for the heartbeat and `get_state`; undefined: it does not say. */
  protected getCondition(): ReportedCondition | undefined {
    return undefined;
  }

  /** Its own part of `get_state`. */
  protected getState(): Record<string, unknown> {
    return {};
  }

  /**
   * Checks changed settings that fit the schema, before they are saved: whether what they name is there.
   * @param _next the settings as they would be. @param changes what would be set
   * @returns what is to be set, or why the change is refused
   */
  protected async vetConfig(_next: z.output<C>, changes: Record<string, unknown>): Promise<VettedConfig> {
    return { ok: true, changes };
  }

  /**
   * Puts changed settings into force; `this.config` is new already. The default stops and starts in place.
   * What it throws undoes the change.
   * @returns the message of the reply.
   */
  protected async onConfig(_previous: z.output<C>): Promise<string> {
    await this.onStop();
    await this.onStart();
    return "Config updated";
  }
}
