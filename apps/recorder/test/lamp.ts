import { defineOscTable, float, int, text } from "@vj/schema";
import { tempEnvironment } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { Worker, joinBus, readEnvironment } from "@vj/worker";
import { z } from "zod";

const table = defineOscTable({
  "/lamp/level": { args: [float("level"), int("count")], kind: "stream", rate: 60, description: "Its light" },
  "/lamp/on": { args: [int("on", 0, 1)], kind: "state", description: "Whether it is on" },
  "/karaoke/note": { args: [text("note")], kind: "event", description: "A title" },
});

/** A worker in this process, for tests. */
export class Lamp extends Worker<z.ZodObject, typeof table> {
  #count = 0;

  constructor(dir: TempDir, name = "lamp") {
    const environment = readEnvironment({ ...tempEnvironment(dir), VJ_OSC_TARGETS: "127.0.0.1:9", VJ_SUPERVISED: "1" });
    super({ name, version: "1.0.0", description: "A lamp", config: z.object({}), osc: table }, { environment, busDir: dir.join("bus"), print: undefined, joinBus });
  }

  protected override onStart(): void {
    this.telemetry.send("/lamp/on", [1]);
  }

  /** Sends one more level. @returns its number, from 0 */
  shine(): number {
    this.telemetry.send("/lamp/level", [this.#count / 7, this.#count]);
    this.#count += 1;
    return this.#count - 1;
  }

  note(title: string): void {
    this.telemetry.send("/karaoke/note", [title]);
  }
}
