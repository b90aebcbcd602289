/**
 * Why a worker cannot do what its program asked: `environment` a variable of the environment has an invalid value · `settings` a setting is
 * invalid or cannot be saved · `reserved` a field has a name that every message has · `zod` a schema is not one of zod 4 · `promise` a check
 * of `@vj/worker/testing` failed · `package` the package.json of the program cannot be used.
 */
export type WorkerErrorCode = "environment" | "settings" | "reserved" | "zod" | "promise" | "package";

/** An error of a worker; the message names the fault and, where there is one, the next step. */
export class WorkerError extends Error {
  // Not a CodedError of @vj/schema: that package loads zod, and this error has to say which zod is missing.
  readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "WorkerError";
    this.code = code;
  }
}
