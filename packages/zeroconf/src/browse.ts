import { createAsking } from "./asking.ts";
import { ServiceTable } from "./service-table.ts";
import type { TableChanges } from "./service-table.ts";
import { isServiceType } from "./service.ts";
import type { FoundService, ServiceType } from "./service.ts";
import { Wire } from "./wire.ts";
import type { WireOptions } from "./wire-options.ts";

/** What is looked for, and what is called with it. */
export interface BrowseOptions extends WireOptions {
  readonly type: ServiceType;
  /** A service came, or one of this name changed its place or its values. It must not throw; a fault is reported. */
  readonly onFound: (service: FoundService) => void;
  /** A service was withdrawn, or did not answer for two minutes. */
  readonly onLost?: ((service: FoundService) => void) | undefined;
  /** Ends it, as `close` does. */
  readonly signal?: AbortSignal | undefined;
}

/** A search that goes on until it is closed. */
export interface Browsing extends AsyncDisposable {
  /** Closes every socket. Never rejects. */
  close(): Promise<void>;
}

/** Pauses between questions, ms; the last one for ever. */
const pauses = [250, 1000, 3000, 10_000, 30_000];

/** Finds services of a type, now and later. Never throws: faults are reported to `onProblem`, and the search goes on. */
export function browse({ type, onFound, onLost, signal, ...options }: BrowseOptions): Browsing {
  if (!isServiceType(type)) options.onProblem(`"${String(type)}" is not a type of service: write it like _osc._udp`);
  const table = new ServiceTable(type);
  const asking = createAsking((questions) => wire.send(() => ({ type: "query", questions })));
  const report = ({ found, lost, ask }: TableChanges): void => {
    for (const service of lost) onLost?.(service);
    for (const service of found) onFound(service);
    asking.ask(ask);
  };
  const query = (): void => wire.send(() => ({ type: "query", questions: [{ type: "PTR", name: `${type}.local` }] }));
  const wire = new Wire(
    options,
    (packet, from) => {
      if (packet.type === "response") report(table.take(packet.records, from.address, performance.now()));
    },
    () => restart(),
  );

  let timer: NodeJS.Timeout | undefined;
  let asked = 0;
  const next = (): void => {
    timer = setTimeout(() => {
      for (const service of table.expire(performance.now())) onLost?.(service);
      query();
      next();
    }, pauses[Math.min(asked, pauses.length - 1)]);
    asked += 1;
  };
  /** Asks at short intervals again: an interface has come. */
  const restart = (): void => {
    clearTimeout(timer);
    asked = 0;
    next();
  };

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    signal?.removeEventListener("abort", close);
    clearTimeout(timer);
    asking.close();
    closing ??= wire.close();
    return closing;
  };
  wire.open();
  restart();
  signal?.addEventListener("abort", close);
  if (signal?.aborted === true) void close();
  return { close, [Symbol.asyncDispose]: close };
}
