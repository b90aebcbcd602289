import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { spawnNode, tempDir, tempEnvironment } from "@vj/test-kit";
import type { TestProcess } from "@vj/test-kit";

const repository = path.resolve(import.meta.dirname, "../../..");
const helloProgram = path.join(repository, "packages/worker/examples/hello.mjs");

/** A bus of its own, on which real processes run; all of them are gone at the end of the scope. */
export class TestBus implements AsyncDisposable {
  readonly dir = tempDir();
  readonly busDir = this.dir.join("bus");
  readonly env: Record<string, string> = { ...tempEnvironment(this.dir), VJ_OSC_TARGETS: "127.0.0.1:9" };
  readonly #started: TestProcess[] = [];

  /** Starts the example worker, as a person would in a shell. */
  startHello(): TestProcess {
    return this.#start([helloProgram]);
  }

  /** Starts the analyzer, which plays the demo signal. */
  startAnalyzer(): TestProcess {
    return this.#start([path.join(repository, "apps/audio-analyzer/bin/audio-analyzer.js")], { VJ_AUDIO_SOURCE: "demo" });
  }

  /** Starts a process manager whose only worker is the example, or this program, in a folder outside the repository. */
  startManager(worker = "hello", program = `import ${JSON.stringify(helloProgram)};\n`): TestProcess {
    const folder = this.dir.join(worker);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: worker, type: "module", bin: "main.js", vj: { worker } }));
    writeFileSync(path.join(folder, "main.js"), program);
    return this.#start([path.join(repository, "apps/process-manager/bin/process-manager.js"), "--only", worker], { VJ_WORKERS: folder });
  }

  #start(args: string[], env: Record<string, string> = {}): TestProcess {
    const started = spawnNode(args, { ...this.env, ...env });
    this.#started.push(started);
    return started;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A manager that is asked to stop takes its workers along; they are in process groups of their own.
    await Promise.all(this.#started.map((started) => started.kill("SIGTERM")));
    this.dir.remove();
  }
}
