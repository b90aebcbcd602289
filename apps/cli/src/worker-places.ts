import path from "node:path";

/** The packages, or folders of packages, that VJ_WORKERS of this process names; apart as in `PATH`. */
export function workerPlaces(): string[] {
  return process.env["VJ_WORKERS"]?.split(path.delimiter).filter((place) => place !== "") ?? [];
}
