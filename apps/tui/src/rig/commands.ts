import { hasManager, workerNames } from "@vj/rig";
import type { Rig } from "@vj/rig";
import { managerName, messageOf, refuse } from "@vj/schema";
import type { Reply } from "@vj/schema";
import type { SettingsPlaces } from "@vj/worker";
import type { PendingVerb, Wish } from "./rig-state.ts";
import { lookAway, sendWish } from "./send-wish.ts";
import type { RigStore } from "./store.ts";
import type { TargetCommands } from "./targets/target-commands.ts";

/** What a person can ask of the rig. Each ends in a notice that says how it went; none throws. */
export interface Commands {
  act(verb: PendingVerb, worker: string): Promise<void>;
  /** Starts every worker; without a process manager, starts one. */
  startAll(): Promise<void>;
  stopAll(): Promise<void>;
  restartAll(): Promise<void>;
  /**
   * Sends a command to a worker; its progress is in `sent` of the state. Settings of a worker that is away are checked, saved for its next
   * start, and shown until then.
   */
  send(wish: Wish): Promise<void>;
  /** Reads the settings of a worker that is away into `kept` of the state. */
  look(worker: string): Promise<void>;
  readonly targets: TargetCommands;
  /** Forgets all OSC that was seen, here and in the debugger. */
  clearOsc(): Promise<void>;
}

export interface CommandOptions {
  /** Where settings lie; it may throw. */
  readonly places: (() => SettingsPlaces) | undefined;
  readonly store: RigStore;
  readonly bus: Pick<Rig, "send">;
  readonly targets: TargetCommands;
  readonly clearOsc: () => Promise<void>;
  /** Starts a process manager; undefined where this program cannot. */
  readonly startManager?: (() => Promise<void>) | undefined;
}

const commandNames = { start: "start_worker", stop: "stop_worker", restart: "restart_worker" } as const;

export function createCommands({ store, bus, targets, clearOsc, startManager, places }: CommandOptions): Commands {
  const say = (level: "info" | "error", text: string): void => store.dispatch({ type: "notice", level, text });

  const ask = async (cmd: string, args: Record<string, unknown> = {}): Promise<Reply> => {
    if (!hasManager(store.get())) return refuse(noManager(startManager !== undefined), "unavailable");
    try {
      return await bus.send(managerName, cmd, args);
    } catch (error) {
      return refuse(messageOf(error), "failed");
    }
  };

  const report = ({ success, message }: Reply, done: string): void =>
    success ? say("info", message ?? done) : say("error", message ?? `${done}: refused without a reason`);

  const acting = async (verb: PendingVerb, worker: string): Promise<Reply> => {
    store.dispatch({ type: "pending", name: worker, verb });
    const reply = await ask(commandNames[verb], { worker });
    store.dispatch({ type: "pending", name: worker, verb: undefined });
    return reply;
  };

  const act = async (verb: PendingVerb, worker: string): Promise<void> =>
    report(await acting(verb, worker), `${verb} ${worker}`);

  const start = async (): Promise<void> => {
    if (startManager === undefined) return say("error", noManager(false));
    say("info", "Starting a process manager …");
    try {
      await startManager();
      say("info", "The process manager runs");
    } catch (error) {
      say("error", `The process manager does not start: ${messageOf(error)}`);
    }
  };

  return {
    act,
    targets,
    clearOsc,
    async send(wish) {
      const reply = await sendWish({ store, bus, places }, wish);
      // "Config updated" alone would not say whose.
      const isUnnamed = wish.cmd === "set_config" && reply.success && reply.message?.startsWith(wish.worker) !== true;
      const named = isUnnamed ? { ...reply, message: `${wish.worker}: ${reply.message ?? "settings changed"}` } : reply;
      if (!reply.success || wish.quiet !== true) report(named, `${wish.worker} has answered ${wish.cmd}`);
    },
    async look(worker) {
      try {
        await lookAway({ store, places }, worker);
      } catch (error) {
        say("error", messageOf(error));
      }
    },
    async startAll() {
      if (hasManager(store.get())) report(await ask("start_all"), "start all");
      else await start();
    },
    async stopAll() {
      report(await ask("stop_all"), "stop all");
    },
    async restartAll() {
      const { managed } = store.get();
      const running = workerNames(store.get()).filter((name) => managed?.[name]?.running === true);
      if (managed === undefined) return report(await ask("get_state"), "restart all");
      const replies = await Promise.all(running.map((name) => acting("restart", name)));
      const refused = replies.filter(({ success }) => !success).map(({ message }) => message ?? "refused without a reason");
      if (refused.length > 0) say("error", refused.join("; "));
      else say("info", running.length === 0 ? "None is running" : `Restarted ${running.join(", ")}`);
    },
  };
}

function noManager(canStart: boolean): string {
  return canStart ? "No process manager: w starts one" : "No process manager: start one with `vj up`";
}
