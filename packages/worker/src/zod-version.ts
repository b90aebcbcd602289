import { z } from "zod";

// Imported first: with another major the schemas of this package fail while they are made, and no error says why.
if (!("toJSONSchema" in z)) throw new Error("@vj/worker needs zod 4, another major is installed: npm install zod@4");

/**
 * Refuses a schema that another major of zod made. One from another copy of zod 4 is fine.
 * @param what it is: "a setting"
 * @throws Error saying which version to install
 */
export function assertZod4(schema: unknown, what: string): void {
  if (typeof schema === "object" && schema !== null && "_zod" in schema) return;
  throw new Error(`the schema of ${what} is not an object schema of zod 4: npm install zod@4, and make it with z.object({ … })`);
}
