import path from "node:path";

/**
 * A case and the tests of its right answer.
 * @typedef {{ name: string, tests: { file: string, title: string }[] }} Case
 * @typedef {{ testResults: { name: string, message: string, assertionResults: { fullName: string, status: string }[] }[] }} Report
 */

/**
 * Rows `| name | right answer | \`file\` title; title · \`file\` title |` of the document. @param {string} document
 * @returns {Case[]}
 */
export function readCases(document) {
  return document.split("\n").flatMap((line) => {
    const [, name = "", , named = ""] = line.split("|").map((cell) => cell.trim());
    if (!/^\d\d \S+$/.test(name)) return [];
    const tests = [...named.matchAll(/`([^`]+)` ([^`]+)/g)].flatMap(([, file = "", titles = ""]) =>
      titles.split(";").map((title) => ({ file, title: title.replace(/ ·\s*$/, "").trim() })),
    );
    return [{ name, tests }];
  });
}

/**
 * Every named test must have run and passed; one that is skipped because a program is missing is reported. @param {Case}
 * one @param {Report} report
 * @param {string} root
 * @returns {{ verdict: "ok" | "skipped" | "FAIL", why: string }}
 */
export function judge({ tests }, report, root) {
  if (tests.length === 0) return { verdict: "FAIL", why: "no test is named for it" };
  const found = tests.map(({ file, title }) => {
    const result = report.testResults.find(({ name }) => path.relative(root, name) === file);
    const statuses = result?.assertionResults.filter(({ fullName }) => fullName.includes(title)).map(({ status }) => status) ?? [];
    if (statuses.includes("failed")) return { status: "failed", what: `"${title}" failed` };
    if (statuses.includes("passed")) return { status: "passed", what: "" };
    if (result?.assertionResults.length === 0) return { status: "failed", what: `${file} cannot be run: ${result.message.split("\n")[0]}` };
    return statuses.length > 0 ? { status: "skipped", what: `"${title}" needs a program that is missing` } : { status: "failed", what: `${file} has no test "${title}"` };
  });
  const worst = found.find(({ status }) => status === "failed") ?? found.find(({ status }) => status === "skipped");
  if (worst === undefined) return { verdict: "ok", why: "" };
  return { verdict: worst.status === "failed" ? "FAIL" : "skipped", why: worst.what };
}
