import { describe, expect, it } from "vitest";
import { QuestionBudget } from "../src/meaning/question-budget.ts";

const hourMs = 3_600_000;

describe("the budget of questions", () => {
  it("allows so many within any hour", () => {
    const budget = new QuestionBudget(() => 2);
    budget.spend(0);
    budget.spend(1000);
    expect(budget.asked(1000)).toBe(2);
    expect(() => budget.spend(hourMs - 1)).toThrow(/2 questions were asked within an hour; llm_per_hour allows 2/);
    budget.spend(hourMs);
    expect(budget.asked(hourMs)).toBe(2);
  });

  it("keeps the longest pause that the model wants, and says how long it lasts", () => {
    const budget = new QuestionBudget(() => 10);
    budget.pause(5000, 0);
    budget.pause(1000, 0);
    expect(() => budget.spend(1500)).toThrow(/asked for a pause; 4 s are left/);
    expect(budget.asked(1500)).toBe(0);
    budget.spend(5000);
    expect(budget.asked(5000)).toBe(1);
  });
});
