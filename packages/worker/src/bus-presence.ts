import { serve, socketPath } from "@vj/control";
import type { Peer, ReplyMessage } from "@vj/control";
import { limits, protocolVersion } from "@vj/schema";
import type { Command, Condition, Message, OscTable } from "@vj/schema";
import type { ReportedCondition } from "./condition-clock.ts";
import { Pulse } from "./pulse.ts";
import type { Identity } from "./pulse.ts";
import { register } from "./registration.ts";

/** The worker's side of its presence on the bus. */
export interface BusMember {
  readonly busDir: string;
  readonly identity: Identity;
  readonly osc: OscTable;
  onCommand(command: Command, peer: Peer): ReplyMessage | Promise<ReplyMessage>;
  /** Messages other than commands; without this handler they are refused. */
  readonly onMessage?: (message: Message, peer: Peer) => void;
  /** The worker's own part of each heartbeat. */
  stats(): Record<string, unknown>;
  condition(): Condition | undefined;
  /** Clients served at once; default: as many as the process can. */
  readonly maxClients?: number;
  /** A fault worth a log line; the worker goes on. */
  onProblem(problem: string): void;
  /** Another process took the name: this one must end. */
  onLost(reason: Error): void;
}

/** One worker on the bus: its name is taken and its socket listens. */
export interface BusPresence extends AsyncDisposable {
  /** Starts heartbeats, and registration if wanted. Call it once, when the settings are loaded. */
  announce(): void;
  /** The condition while no further client can be served; otherwise undefined. */
  condition(): ReportedCondition | undefined;
  /** The part of `get_state` about the process. */
  state(): { pid: number; protocol: number; instance_id: string; uptime_sec: number };
  /** Ends heartbeats and registration, then the socket. */
  close(): Promise<void>;
}

/** Claims the name of a worker on the bus. @throws AlreadyRunningError when another process has it. */
export type JoinBus = (member: BusMember) => Promise<BusPresence>;

/** Listens, sends heartbeats every 5 s, and registers with the process manager whenever that runs. */
export const joinBus: JoinBus = (member) => openPresence(member, true);

/** Listens and sends heartbeats without registering: for the process manager itself. */
export const serveBus: JoinBus = (member) => openPresence(member, false);

async function openPresence(member: BusMember, registers: boolean): Promise<BusPresence> {
  const { identity, busDir, onMessage } = member;
  const pulse = new Pulse(identity, () => member.stats(), () => member.condition());
  const server = await serve({
    path: socketPath(identity.name, busDir),
    onCommand: (command, peer) => member.onCommand(command, peer),
    ...(onMessage === undefined ? {} : { onMessage }),
    onProblem: (fault) => member.onProblem(fault.message),
    onLost: (fault) => member.onLost(fault),
    ...(member.maxClients === undefined ? {} : { maxClients: member.maxClients }),
  });
  let registration: ReturnType<typeof register> | undefined;
  const close = async (): Promise<void> => {
    pulse.stop();
    await registration?.close();
    await server.close();
  };
  return {
    announce() {
      if (registers) registration = register(member, () => pulse.heartbeat());
      pulse.start((heartbeat) => {
        // The first message to a fresh client is the reply to its first command.
        const oldEnough = performance.now() - limits.heartbeatMs;
        server.broadcast(heartbeat, (peer) => peer.connectedAt <= oldEnough);
        registration?.heartbeat(heartbeat);
      });
    },
    condition: () => (server.full ? { level: "degraded", text: `serves ${server.connections} clients, as many as it can, and turns others away`, todo: "close programs that hold connections to it" } : undefined),
    state: () => ({ pid: process.pid, protocol: protocolVersion, instance_id: identity.instanceId, uptime_sec: pulse.uptimeSec }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
