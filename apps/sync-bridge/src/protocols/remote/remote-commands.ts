import type { Rig } from "@vj/rig";
import { managerName, messageOf, shorten } from "@vj/schema";
import type { Description, Reply } from "@vj/schema";
import { isAllowed, pathOf } from "./address.ts";
import type { RemoteAddress } from "./address.ts";
import { convert, takesRest } from "./convert.ts";
import type { Converted, RemoteValue } from "./convert.ts";
import { PerSecond } from "./rate.ts";
import { switchTarget } from "./switch-target.ts";

/** Outcome of a command. */
export interface Outcome {
  readonly isOk: boolean;
  /** For a person; empty when nothing was to be done. */
  readonly text: string;
  readonly kind: "done" | "released" | "not_allowed" | "bad_arguments" | "away" | "too_many" | "refused";
}

export interface RemoteCommandsOptions {
  readonly rig: Pick<Rig, "state" | "send">;
  /** Read at each command. */
  readonly config: { readonly remote_allow: readonly string[]; readonly remote_rate: number };
}

/** Commands that wait for their reply at once. */
const mostWaiting = 16;
const replyCharacters = 300;

/** Commands from outside: only what is allowed, with the arguments that the worker describes, and not more than the rate. */
export class RemoteCommands {
  readonly #options: RemoteCommandsOptions;
  #rate: { readonly most: number; readonly limit: PerSecond } | undefined;
  #waiting = 0;

  constructor(options: RemoteCommandsOptions) {
    this.#options = options;
  }

  /** Never throws. */
  async run(address: RemoteAddress, values: readonly RemoteValue[]): Promise<Outcome> {
    const { rig, config } = this.#options;
    const path = pathOf(address);
    if (!isAllowed(config.remote_allow, address)) {
      return refused("not_allowed", `${path} is not allowed; add it to the setting remote_allow of sync_bridge`);
    }
    const entry = Object.hasOwn(rig.state.workers, address.worker) ? rig.state.workers[address.worker] : undefined;
    if (entry?.link !== "connected" || entry.description === undefined) return refused("away", `${address.worker} is not running; start it with: vj start ${address.worker}`);
    const plan = planOf(address, entry.description, values);
    if (plan.type === "released") return { isOk: true, text: "", kind: "released" };
    if (plan.type === "fault") return refused("bad_arguments", `${path}: ${plan.text}`);
    if (this.#waiting >= mostWaiting || !this.#limit().admit(performance.now())) return refused("too_many", "too many commands; send fewer, or raise remote_rate");
    this.#waiting += 1;
    try {
      const { success, message } = await this.#send(address, plan.args);
      return success ? { isOk: true, text: shorten(message ?? "ok", replyCharacters), kind: "done" } : refused("refused", message ?? "refused");
    } catch (error) {
      return refused("away", messageOf(error));
    } finally {
      this.#waiting -= 1;
    }
  }

  #limit(): PerSecond {
    const most = this.#options.config.remote_rate;
    if (this.#rate?.most !== most) this.#rate = { most, limit: new PerSecond(most) };
    return this.#rate.limit;
  }

  async #send({ worker, command, item }: RemoteAddress, args: Record<string, unknown>): Promise<Pick<Reply, "success" | "message">> {
    const { rig } = this.#options;
    if (item === undefined) return rig.send(worker, command, args);
    return command === "set" ? rig.send(worker, "set_config", args) : switchTarget(rig, item, args["on"] === true);
  }
}

function planOf({ worker, command, item }: RemoteAddress, description: Description, values: readonly RemoteValue[]): Converted {
  if (item === undefined) {
    if (command === "set_config") return { type: "fault", text: `use /vj/${worker}/set/<setting>` };
    const known = Object.hasOwn(description.commands, command) ? description.commands[command] : undefined;
    return known === undefined ? { type: "fault", text: `${worker} has no such command` } : convert(known.args, values);
  }
  if (command === "target" && worker === managerName) return convert({ properties: { on: { type: "boolean" } }, required: ["on"] }, values);
  return command === "set" ? settingOf(item, description, values) : { type: "fault", text: "is not understood" };
}

function settingOf(name: string, { config_schema: schema }: Description, values: readonly RemoteValue[]): Converted {
  const properties = schema["properties"];
  const known: unknown = typeof properties === "object" && properties !== null && Object.hasOwn(properties, name) ? Reflect.get(properties, name) : undefined;
  if (known === undefined) return { type: "fault", text: "there is no such setting" };
  // The second one is that of a button.
  if (!takesRest(known) && (values.length === 0 || values.length > 2)) return { type: "fault", text: `takes one value, not ${values.length}` };
  return convert({ properties: { [name]: known }, required: [name] }, values);
}

function refused(kind: Outcome["kind"], text: string): Outcome {
  return { isOk: false, text: shorten(text, replyCharacters), kind };
}
