import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Announcing } from "../src/announcing.ts";
import { announcementOf, recordsOf } from "../src/records.ts";
import type { Service } from "../src/service.ts";

const stage: Service = { name: "stage no. 1", type: "_os2l._tcp", port: 8010 };

function start(): { subject: Announcing; asked: string[]; announced: string[]; problems: string[] } {
  const [asked, announced, problems]: string[][] = [[], [], []];
  const seen = { asked: asked ?? [], announced: announced ?? [], problems: problems ?? [] };
  const subject = new Announcing(stage, { ask: (name) => seen.asked.push(name), announce: ({ name }) => seen.announced.push(name), onProblem: (text) => seen.problems.push(text) });
  subject.start();
  return { subject, ...seen };
}

/** What another program with this name says. */
const claimOf = (name: string, port = 1) => announcementOf(recordsOf({ ...stage, name, port }, "other.local", []));

describe("announcing a service", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("asks three times for its name, then announces it, and again", () => {
    const { subject, asked, announced } = start();
    vi.advanceTimersByTime(700);
    expect(subject.named()).toBeUndefined();
    vi.advanceTimersByTime(300);
    expect([asked, announced, subject.named()?.name]).toEqual([Array(3).fill("stage no- 1"), ["stage no- 1"], "stage no- 1"]);
    vi.advanceTimersByTime(60_000);
    expect(announced).toHaveLength(3);
  });

  it("takes the next name when another program has its own, at any time, but is not put off by its own packets", () => {
    const { subject, announced } = start();
    vi.advanceTimersByTime(300);
    subject.onAnswers(claimOf("STAGE no- 1"), "host.local");
    vi.advanceTimersByTime(1100);
    expect(subject.named()?.name).toBe("stage no- 1 (2)");
    subject.onAnswers(announcementOf(recordsOf({ ...stage, name: "stage no- 1 (2)" }, "host.local", [])), "host.local");
    expect(subject.named()?.name).toBe("stage no- 1 (2)");
    subject.onAnswers(claimOf("stage no- 1 (2)", 9000), "host.local");
    expect(subject.named()).toBeUndefined();
    vi.advanceTimersByTime(1100);
    expect(announced.at(-1)).toBe("stage no- 1 (3)");
  });

  it("keeps its name when two announce it at the same moment and its place sorts later; yields when the other one still answers", () => {
    const { subject, announced, asked } = start();
    vi.advanceTimersByTime(1000);
    subject.onAnswers(claimOf("stage no- 1"), "host.local");
    expect(subject.named()).toBeUndefined();
    vi.advanceTimersByTime(1100);
    expect([subject.named()?.name, announced, asked]).toEqual(["stage no- 1", ["stage no- 1", "stage no- 1"], Array(6).fill("stage no- 1")]);
    // Of two on one port the name of the host decides.
    subject.onAnswers(claimOf("stage no- 1", 8010), "a.local");
    expect(subject.named()).toBeUndefined();
    vi.advanceTimersByTime(1100);
    expect(subject.named()?.name).toBe("stage no- 1 (2)");
    subject.onAnswers(claimOf("stage no- 1 (2)"), "a.local");
    subject.onAnswers(claimOf("stage no- 1 (2)"), "a.local");
    vi.advanceTimersByTime(1100);
    expect(subject.named()?.name).toBe("stage no- 1 (3)");
  });

  it("gives up with a reason where every name is claimed, and is silent when stopped", () => {
    const { subject, problems, announced } = start();
    for (let attempt = 1; attempt <= 30; attempt += 1) subject.onAnswers(claimOf(attempt === 1 ? "stage no- 1" : `stage no- 1 (${attempt})`), "host.local");
    vi.advanceTimersByTime(10_000);
    expect(announced).toEqual([]);
    expect(problems).toEqual([expect.stringContaining("choose another name")]);
    const other = start();
    vi.advanceTimersByTime(1000);
    other.subject.stop();
    other.subject.again();
    vi.advanceTimersByTime(10_000);
    expect(other.announced).toHaveLength(1);
  });
});
