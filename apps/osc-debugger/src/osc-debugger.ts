import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, WorkerContext } from "@vj/worker";
import { debuggerConfig } from "./config.ts";
import type { DebuggerConfig } from "./config.ts";
import { debuggerCommands } from "./debugger-commands.ts";
import { LogIntake } from "./log-intake.ts";
import { OscIntake } from "./osc-intake.ts";

/** Shows the OSC of every worker without taking a port of others, and the log lines of every process. Sends nothing. */
export class OscDebugger extends Worker<typeof debuggerConfig> {
  readonly #osc: OscIntake;
  readonly #logs: LogIntake;

  constructor(context?: WorkerContext) {
    super(
      {
        name: "osc_debugger",
        version: packageVersion(import.meta.url),
        description: "Shows the OSC and the logs of the whole rig",
        config: debuggerConfig,
      },
      context,
    );
    const onProblem = (problem: string): void => this.log.warn(problem);
    this.#osc = new OscIntake({ busDir: this.busDir, self: this.name, onProblem });
    this.#logs = new LogIntake({ busDir: this.busDir, onProblem });
  }

  protected override commands(): CommandTable {
    return debuggerCommands(this.#osc, this.#logs);
  }

  protected override async onStart(): Promise<void> {
    if (this.config.osc_enabled) await this.#osc.open();
    if (this.config.logging_enabled) this.#logs.open();
  }

  protected override async onStop(): Promise<void> {
    await this.#logs.close();
    await this.#osc.close();
  }

  /** Switches only what changed: captured messages and the port are kept. */
  protected override async onConfig(_previous: DebuggerConfig): Promise<string> {
    if (this.config.logging_enabled) this.#logs.open();
    else await this.#logs.close();
    if (this.config.osc_enabled) await this.#osc.open();
    else await this.#osc.close();
    return "Config updated";
  }

  protected override getState(): Record<string, unknown> {
    return {
      osc_port: this.#osc.port,
      osc_enabled: this.config.osc_enabled,
      logging_enabled: this.config.logging_enabled,
      message_count: this.#osc.size,
      log_count: this.#logs.size,
      sources: this.#osc.sources(),
    };
  }

  protected override getStats(): Record<string, unknown> {
    const { messages, malformed, overflow } = this.#osc.stats();
    return { messages_received: messages, malformed, address_overflow: overflow, log_count: this.#logs.size };
  }
}
