// A whole worker. Run it, then from another terminal: vj send hello greet name=Ada
import { Worker, defineCommand, ok, runWorker } from "@vj/worker";
import { defineOscTable, text } from "@vj/schema";
import { z } from "zod";

class Hello extends Worker {
  constructor() {
    super({
      name: "hello",
      version: "1.0.0",
      description: "Greets, and publishes the name over OSC",
      config: z.object({ greeting: z.string().min(1).default("Hello") }),
      osc: defineOscTable({ "/hello/name": { args: [text("name")], kind: "state", description: "The greeted person" } }),
    });
  }

  /** @override */
  commands() {
    return {
      greet: defineCommand({
        description: "Greets somebody",
        args: z.object({ name: z.string().max(100) }),
        run: ({ name }) => {
          this.telemetry.send("/hello/name", [name]);
          return ok(`${this.config.greeting}, ${name}`);
        },
      }),
    };
  }
}

await runWorker(() => new Hello());
