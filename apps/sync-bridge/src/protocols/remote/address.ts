/** What an address asks for. */
export interface RemoteAddress {
  readonly worker: string;
  /** A command, or `set` and a setting, or `target` and a target. */
  readonly command: string;
  readonly item: string | undefined;
}

const longest = 200;
const part = /^[^\s/*?#[\]{},]{1,100}$/u;

/**
 * Reads `/vj/<worker>/<command>`, `/vj/<worker>/set/<setting>` or `/vj/process_manager/target/<name>`; undefined for anything else.
 */
export function readAddress(address: string): RemoteAddress | undefined {
  if (address.length > longest) return undefined;
  const [empty, vj, worker, command, item, ...rest] = address.split("/");
  if (empty !== "" || vj !== "vj" || rest.length > 0 || worker === undefined || command === undefined) return undefined;
  const parts = [worker, command, ...(item === undefined ? [] : [item])];
  return parts.every((one) => part.test(one)) ? { worker, command, item } : undefined;
}

/** As the allow-list has it: `audio_analyzer/tap`, `now_playing/set/pinned_source`. */
export function pathOf({ worker, command, item }: RemoteAddress): string {
  return [worker, command, ...(item === undefined ? [] : [item])].join("/");
}

/** Whether an entry of the list allows it; `*` stands for one whole part. */
export function isAllowed(allowed: readonly string[], address: RemoteAddress): boolean {
  const parts = pathOf(address).split("/");
  return allowed.some((entry) => {
    const wanted = entry.split("/");
    return wanted.length === parts.length && wanted.every((one, index) => one === "*" || one === parts[index]);
  });
}
