import { z } from "zod";
import { WorkerError } from "./errors.ts";

// Imported first: with another major, creating the schemas of this package fails without a helpful error.
if (typeof z.toJSONSchema !== "function") throw new WorkerError("zod", "@vj/worker needs zod 4, another major is installed: npm install zod@4");

/**
 * Refuses a schema created by another major of zod. Another copy of zod 4 is fine.
 * @param what the schema is for: "a setting"
 * @throws WorkerError `zod`, that names the version to install
 */
export function assertZod4(schema: unknown, what: string): void {
  if (typeof schema === "object" && schema !== null && "_zod" in schema) return;
  throw new WorkerError("zod", `the schema of ${what} is not an object schema of zod 4: npm install zod@4, and make it with z.object({ … })`);
}
