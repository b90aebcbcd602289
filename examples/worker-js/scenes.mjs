#!/usr/bin/env node
// A worker that listens to the rig: another scene every few beats. Try: vj config set scenes every=4
import { openRig } from "@vj/rig";
import { defineOscTable, int, text } from "@vj/schema";
import { Worker, runWorker } from "@vj/worker";
import { z } from "zod";

const osc = defineOscTable({
  "/scenes/current": { args: [int("number", 0, 19), text("name")], kind: "state", description: "The scene on show" },
});
const config = z.object({
  every: z.number().int().min(1).max(64).default(8).describe("Beats until the next scene"),
  names: z.array(z.string().max(40)).min(1).max(20).default(["sea", "fire", "city"]).describe("Scenes in their order"),
});

/** @extends {Worker<typeof config, typeof osc>} */
class Scenes extends Worker {
  #beats = 0;
  /** @type {import("@vj/rig").Rig | undefined} */
  #rig;
  constructor() {
    super({ name: "scenes", version: "1.0.0", description: "Another scene every few beats", config, osc });
  }
  /** @override */
  onStart() {
    this.#rig = openRig({ states: false, descriptions: true });
    this.#rig.listen(["/audio/beat"], ({ args: [beat] }) => beat === 1 && this.#beat());
  }
  /** @override */
  async onStop() {
    await this.#rig?.close();
  }
  /** @override New settings count from the next beat on: nothing has to stop for them. */
  onConfig() {}
  /** @override */
  getState() {
    return { beats: this.#beats };
  }
  /** @override @returns {import("@vj/worker").ReportedCondition} */
  getCondition() {
    if (this.#beats > 0) return { level: "ok", text: "in step with the beat" };
    return { level: "degraded", text: "no beat yet", todo: "start audio_analyzer, or play something" };
  }
  #beat() {
    const number = Math.floor(this.#beats / this.config.every) % this.config.names.length;
    if (this.#beats++ % this.config.every === 0) this.telemetry.send("/scenes/current", { number, name: this.config.names[number] ?? "" });
  }
}
await runWorker(() => new Scenes());
