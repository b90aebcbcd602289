import type { OscTable } from "@vj/schema";
import type { z } from "zod";
import type { ConfigOverrides } from "./config-rules.ts";

/** The properties of a worker, besides its hooks. */
export interface WorkerDefinition<C extends z.ZodObject, T extends OscTable = OscTable> {
  /** Also the name of its socket, log and configuration file. */
  name: string;
  version: string;
  /** One line for a person. */
  description: string;
  /** Flat settings; every key has a default. Without it the worker has only the common ones. */
  config?: C;
  /** Settings fixed by the environment. */
  overrides?: ConfigOverrides;
  /** Addresses it sends. */
  osc?: T;
}
