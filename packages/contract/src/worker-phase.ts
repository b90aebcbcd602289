/** States of a worker in the manager. */
export const workerPhases = ["stopped", "starting", "running", "unhealthy", "backoff", "failed"] as const;
/** Where a worker is between stopped and running, as the process manager sees it. */
export type WorkerPhase = (typeof workerPhases)[number];
