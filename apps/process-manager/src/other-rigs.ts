import { defaultBusDir, socketHolders, udpSocketsTo, variableOf } from "@vj/control";

/** A target of telemetry. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Finds rigs of this user on other bus directories that send to the same targets, whose receiver would get both. They are
 * found by the sockets of their processes, so on Linux only.
 */
export class OtherRigs {
  readonly #busDir: string;
  #seen = "";
  #warnings: readonly string[] = [];

  constructor(busDir: string) {
    this.#busDir = busDir;
  }

  /** The last findings, one sentence each for a person. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Looks again; cheap while no socket changes. @returns findings that are new since the last look */
  look(places: readonly Place[]): readonly string[] {
    const sockets = places.map(({ host, port }) => ({ place: `${host}:${port}`, inodes: udpSocketsTo(host === "localhost" ? "127.0.0.1" : host, port) }));
    const seen = JSON.stringify(sockets.map(({ place, inodes }) => [place, ...[...inodes].sort()]));
    if (seen === this.#seen) return [];
    this.#seen = seen;
    const before = this.#warnings;
    this.#warnings = [...new Set(sockets.flatMap(({ place, inodes }) => this.#othersAt(place, inodes)))];
    return this.#warnings.filter((warning) => !before.includes(warning));
  }

  #othersAt(place: string, inodes: ReadonlySet<string>): string[] {
    const folders = socketHolders(inodes, "vj ").map(({ pid }) => variableOf(pid, "VJ_BUS_DIR") || defaultBusDir);
    return [...new Set(folders)]
      .filter((folder) => folder !== this.#busDir)
      .sort()
      .map((folder) => `another rig (${folder}) sends to ${place} too, so its receiver gets both: end it with VJ_BUS_DIR=${folder} vj down, or give it other targets`);
  }
}
