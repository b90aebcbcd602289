import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";

const rounds = 100;

/** An answer of `starter-child.mjs`. */
interface Answer {
  won: boolean;
  code?: string;
  holder?: number;
}

/** A process that starts servers under given names. */
class Starter {
  readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  static async start(): Promise<Starter> {
    const child = fork(`${import.meta.dirname}/starter-child.mjs`, { execArgv: [] });
    await once(child, "message");
    return new Starter(child);
  }

  async tryToServe(path: string): Promise<Answer> {
    const answer = new Promise<Answer>((resolve) => {
      this.child.once("message", (message) => {
        if (typeof message === "string") resolve(JSON.parse(message));
      });
    });
    this.child.send(path);
    return answer;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exited;
  }
}

let dir: TempDir;
let starters: Starter[];

beforeEach(async () => {
  dir = tempDir();
  starters = await Promise.all([Starter.start(), Starter.start(), Starter.start()]);
});

afterEach(async () => {
  for (const starter of starters) await starter.kill();
  dir.remove();
});

/** All starters at once for one name: exactly one gets it, and the others report which. */
async function race(name: string): Promise<void> {
  const path = dir.join("bus", `${name}.sock`);
  const answers = await Promise.all(starters.map((starter) => starter.tryToServe(path)));
  const winners = starters.filter((_, i) => answers[i]?.won === true);
  expect(winners, `${name}: ${JSON.stringify(answers)}`).toHaveLength(1);
  for (const { code, holder } of answers.filter(({ won }) => !won)) expect([code, holder], name).toEqual(["running", winners[0]?.child.pid]);
  const locks = readdirSync(dir.join("bus")).filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith(".lock"));
  expect(locks).toHaveLength(1);
}

describe("starters of the same name at the same moment", { timeout: 120_000 }, () => {
  it(`are kept apart ${rounds} times in a row`, async () => {
    for (let round = 0; round < rounds; round++) await race(`w${round}`);
  });

  it(`are kept apart ${rounds} times in a row where a killed process left its socket and lock`, async () => {
    const victim = await Starter.start();
    for (let round = 0; round < rounds; round++) {
      expect(await victim.tryToServe(dir.join("bus", `w${round}`) + ".sock")).toMatchObject({ won: true });
    }
    await victim.kill();
    expect(readdirSync(dir.join("bus"))).toHaveLength(2 * rounds);
    for (let round = 0; round < rounds; round++) await race(`w${round}`);
  });
});
