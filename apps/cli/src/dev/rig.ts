import { busDir, createClient } from "@vj/control";
import { findManager, managerState, stopRig } from "@vj/rig/manager";
import { managerName, messageOf } from "@vj/schema";
import { startManager } from "../start-manager.ts";

/** The process manager and its workers, for as long as `vj dev` runs. */
export class DevRig {
  readonly #say: (line: string) => void;
  #owned = false;
  /** A manager that died is being replaced. */
  #replacing: Promise<void> | undefined;
  #stopKeeping = (): void => {};

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Whether the manager was started here, and so ends here. */
  get owned(): boolean {
    return this.#owned;
  }

  /** Starts a manager unless one runs. */
  async open(): Promise<void> {
    const running = await findManager();
    if (running === undefined) await this.start();
    else {
      const { pid } = await managerState(running).finally(() => running.close());
      this.#say(`using the process manager that runs already (pid ${pid}); it keeps running when this ends`);
    }
    this.#keep();
  }

  /** Starts a manager; from then on, the rig ends with {@link close}. */
  async start(): Promise<void> {
    const manager = await startManager();
    this.#owned = true;
    const { pid } = await managerState(manager).finally(() => manager.close());
    this.#say(`process manager started (pid ${pid})`);
  }

  /** Stops everything that was started here. @throws RigError that names the remaining processes. */
  async close(): Promise<void> {
    this.#stopKeeping();
    await this.#replacing;
    if (this.#owned) await stopRig();
    this.#owned = false;
  }

  /** A manager stopped by request removes its socket; one that died leaves it, and is started again. */
  #keep(): void {
    const client = createClient(managerName, { busDir: busDir() });
    this.#stopKeeping = () => client.close();
    client.on("unreachable", ({ code }) => {
      if (code === "refused") this.#replacing ??= this.#replace().finally(() => (this.#replacing = undefined));
    });
  }

  async #replace(): Promise<void> {
    this.#say("the process manager died; the workers go on, a new one is started");
    try {
      await this.start();
    } catch (error) {
      this.#say(messageOf(error));
    }
  }
}
