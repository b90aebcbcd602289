import { z } from "zod";
import { hostSchema } from "./host.ts";

/** Arguments of `subscribe`: the worker sends telemetry to this UDP port for as long as the control connection lives. */
export const subscribeArgsSchema = z.object({
  host: hostSchema.default("127.0.0.1"),
  port: z.int().min(1).max(65_535),
  /** Exact addresses, or prefixes that end in `*`. Without it: all addresses. */
  addresses: z.array(z.string().startsWith("/").max(200)).max(256).optional(),
  /** Whether all messages of one moment may come in one datagram, as an OSC bundle: a tenth of the datagrams, at both ends. */
  bundled: z.boolean().optional(),
  /** Messages per second of each stream at most; edges, events, states and lists come as they are sent. Without it: as they are sent. */
  rate: z.number().min(1).max(1000).optional(),
});

/** The `data` of the reply to `subscribe`. Workers of others may leave the port out. */
export const subscribedSchema = z.object({
  /** The worker sends telemetry from this UDP port; the subscriber ignores packets from any other. */
  source_port: z.int().min(1).max(65_535).optional(),
});
