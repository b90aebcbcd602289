import { messageOf } from "@vj/schema";
import type { Announcement } from "@vj/zeroconf";
import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { debuggerConfig } from "./config.ts";
import type { DebuggerConfig } from "./config.ts";
import { debuggerCommands } from "./debugger-commands.ts";
import { LogIntake } from "./log-intake.ts";
import { OscIntake } from "./osc-intake.ts";
import { announceQuery } from "./query/announce-query.ts";
import { openQueryServer } from "./query/server.ts";
import type { QueryServer } from "./query/server.ts";
import { queryTree } from "./query/tree.ts";

/** Shows the OSC of every worker without taking a port of others, and the log lines of every process. Sends nothing. */
export class OscDebugger extends Worker<typeof debuggerConfig> {
  readonly #osc: OscIntake;
  readonly #logs: LogIntake;
  #query: QueryServer | undefined;
  #announcement: Announcement | undefined;
  /** Ports that could not be opened at the start, and why. */
  #problems: string[] = [];

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
    this.#problems = [];
    // The other work continues without a taken port.
    await this.#openPorts().catch(async (error: unknown) => {
      this.#problems.push(messageOf(error));
      this.log.warn(messageOf(error));
      if (this.config.osc_enabled) await this.#osc.open(0);
    });
    if (this.config.logging_enabled) this.#logs.open();
  }

  async #openPorts(): Promise<void> {
    const { osc_enabled: isOn, osc_port: port, oscquery_port: queryPort } = this.config;
    if (isOn) await this.#osc.open(port);
    if (!isOn || queryPort === 0) return;
    const tree = (): ReturnType<typeof queryTree> => queryTree(this.#osc.tables(), (address) => this.#osc.latest(address)?.args);
    this.#query ??= await openQueryServer(queryPort, () => this.#osc.port, tree);
    if (this.config.oscquery_announce) this.#announcement ??= await announceQuery(this.#query.port, this.#osc.port, (problem) => this.log.warn(problem));
  }

  async #closeQuery(): Promise<void> {
    const query = this.#query;
    this.#query = undefined;
    await Promise.all([query?.close(), this.#closeAnnouncement()]);
  }

  async #closeAnnouncement(): Promise<void> {
    const announcement = this.#announcement;
    this.#announcement = undefined;
    await announcement?.close();
  }

  protected override async onStop(): Promise<void> {
    await this.#logs.close();
    await Promise.all([this.#osc.close(), this.#closeQuery()]);
  }

  /** Switches only what changed: captured messages and unchanged ports are kept. @throws Error when a new port cannot be opened */
  protected override async onConfig(previous: DebuggerConfig): Promise<string> {
    const { logging_enabled: logs, osc_enabled: isOn, osc_port: port, oscquery_port: queryPort } = this.config;
    if (logs) this.#logs.open();
    else await this.#logs.close();
    if (!isOn || queryPort !== previous.oscquery_port) await this.#closeQuery();
    if (!isOn || port !== previous.osc_port) await Promise.all([this.#osc.close(), this.#closeAnnouncement()]);
    if (!this.config.oscquery_announce) await this.#closeAnnouncement();
    this.#problems = [];
    await this.#openPorts();
    return "Config updated";
  }

  protected override getCondition(): ReportedCondition {
    const text = this.#problems.join("; ");
    return text === "" ? { level: "ok", text: this.config.osc_enabled ? "showing the OSC of the rig" : "switched off" } : { level: "degraded", text };
  }

  protected override getState(): Record<string, unknown> {
    return {
      osc_port: this.#osc.port,
      osc_enabled: this.config.osc_enabled,
      logging_enabled: this.config.logging_enabled,
      message_count: this.#osc.size,
      log_count: this.#logs.size,
      oscquery_port: this.#query?.port ?? 0,
      oscquery_announced: this.#announcement?.names()[0] ?? null,
      malformed: this.#osc.malformed(),
      sources: this.#osc.sources(),
    };
  }

  protected override getStats(): Record<string, unknown> {
    const { messages, malformed, overflow } = this.#osc.stats();
    return { messages_received: messages, malformed, address_overflow: overflow, log_count: this.#logs.size };
  }
}
