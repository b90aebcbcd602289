import { createSerial, messageOf } from "@vj/schema";
import type { ReportedCondition } from "@vj/worker";
import { combined } from "./combined-condition.ts";
import type { SyncConfig } from "./config.ts";
import type { Protocol, ProtocolContext, ProtocolDefinition } from "./protocols/protocol.ts";

interface Running {
  readonly definition: ProtocolDefinition;
  /** Undefined when it could not start. */
  readonly protocol: Protocol | undefined;
  readonly fault: string | undefined;
}

/** The protocols that run. */
export class ProtocolSet {
  readonly #definitions: readonly ProtocolDefinition[];
  readonly #contextFor: (name: string) => ProtocolContext;
  readonly #running = new Map<string, Running>();
  readonly #serial = createSerial();

  constructor(definitions: readonly ProtocolDefinition[], contextFor: (name: string) => ProtocolContext) {
    this.#definitions = definitions;
    this.#contextFor = contextFor;
  }

  /** Starts what the settings switch on, closes what they switch off, and restarts what they change. */
  apply(config: SyncConfig, previous: SyncConfig): Promise<void> {
    return this.#serial(async () => {
      for (const definition of this.#definitions) {
        const isOn = definition.isOn(config);
        const isChanged = definition.restartedBy.some((key) => JSON.stringify(config[key]) !== JSON.stringify(previous[key]));
        if (!isOn || isChanged) await this.#close(definition.name);
        if (isOn && !this.#running.has(definition.name)) await this.#start(definition);
      }
    });
  }

  /** The part of each in `get_state`, by name; `{on: false}` for those that are switched off. */
  state(): Record<string, unknown> {
    const states = this.#definitions.map(({ name }) => {
      const running = this.#running.get(name);
      const fault = running?.fault;
      return [name, { on: running !== undefined, ...(fault === undefined ? {} : { fault }), ...running?.protocol?.state() }];
    });
    return Object.fromEntries(states);
  }

  stats(): Record<string, unknown> {
    return Object.assign({}, ...[...this.#running.values()].map(({ protocol }) => protocol?.stats?.() ?? {}));
  }

  condition(): ReportedCondition | undefined {
    if (this.#running.size === 0) {
      return { level: "ok", text: "no protocol is switched on", todo: "switch one on: vj config set sync_bridge link=send; the others are midi, os2l and remote_port" };
    }
    return combined(
      ...[...this.#running.values()].map(({ definition, protocol, fault }): ReportedCondition | undefined =>
        fault === undefined ? protocol?.condition?.() : { level: "failed", text: `${definition.name}: ${fault}` },
      ),
    );
  }

  close(): Promise<void> {
    return this.#serial(async () => {
      for (const name of [...this.#running.keys()]) await this.#close(name);
    });
  }

  async #start(definition: ProtocolDefinition): Promise<void> {
    const { name } = definition;
    const context = this.#contextFor(name);
    try {
      this.#running.set(name, { definition, protocol: await definition.start(context), fault: undefined });
    } catch (error) {
      context.log.error({ err: error }, `${name} cannot start: ${messageOf(error)}`);
      this.#running.set(name, { definition, protocol: undefined, fault: messageOf(error) });
    }
  }

  async #close(name: string): Promise<void> {
    const running = this.#running.get(name);
    this.#running.delete(name);
    await running?.protocol?.close();
  }
}
