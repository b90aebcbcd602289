import type { Reply } from "@vj/schema";

/** A command that waits for its worker to come back. */
export interface QueuedCommand {
  readonly cmd: string;
  readonly args: Record<string, unknown>;
  readonly timeoutMs: number;
  /** Aborted: the command is not sent any more. */
  readonly signal?: AbortSignal | undefined;
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** Commands held while a worker is away, in order. */
export interface CommandQueue {
  /** Adds a command. A `set_config` takes over the keys of earlier ones: the last value of each key is sent, once. */
  push(command: QueuedCommand): void;
  /** Puts back a command that was sent but not answered. */
  unshift(command: QueuedCommand): void;
  shift(): QueuedCommand | undefined;
  readonly size: number;
}

export function createCommandQueue(): CommandQueue {
  let commands: QueuedCommand[] = [];

  const supersede = (later: QueuedCommand): QueuedCommand => {
    let merged = later;
    commands = commands.flatMap((earlier): QueuedCommand[] => {
      if (earlier.cmd !== "set_config") return [earlier];
      const args = Object.fromEntries(Object.entries(earlier.args).filter(([key]) => !(key in later.args)));
      if (Object.keys(args).length > 0) return [{ ...earlier, args }];
      merged = settleTogether(merged, earlier);
      return [];
    });
    return merged;
  };

  return {
    push: (command) => {
      const added = command.cmd === "set_config" ? supersede(command) : command;
      commands.push(added);
    },
    unshift: (command) => void commands.unshift(command),
    shift: () => commands.shift(),
    get size() {
      return commands.length;
    },
  };
}

/** All keys of `earlier` were taken over by `later`: both get the result of `later`. */
function settleTogether(later: QueuedCommand, earlier: QueuedCommand): QueuedCommand {
  return {
    ...later,
    resolve: (reply) => {
      earlier.resolve(reply);
      later.resolve(reply);
    },
    reject: (error) => {
      earlier.reject(error);
      later.reject(error);
    },
  };
}
