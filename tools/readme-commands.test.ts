/** Tests the search for commands in Markdown. */
import { expect, test } from "vitest";
import { documentedCommands, isOfPackage, namedCommands } from "./readme-commands.ts";

test("commands are found in running text and in blocks, once each", () => {
  const text = [
    "```sh",
    "npm ci && npm start",
    "npm run -s report -- --labels case.nii.gz",
    "npm run -s bench  -- [--size 128]",
    "npm run -s bench  -- --suite [--json suite.json]   # every workload, not npm-like words",
    "npm run -s bench:page      # click to complete grid",
    "```",
    "`npm run build` makes files; (`-s` keeps npm's own lines off). `npm start` again, not in `npm test`.",
  ].join("\n");
  expect(namedCommands(text)).toEqual([
    "ci",
    "start",
    "run report",
    "run bench",
    "run bench --suite",
    "run bench:page",
    "run build",
    "test",
  ]);
});

test("commands of the program are found by their names, wherever their options are", () => {
  const text = [
    "Run `regionscope report --labels FILE`, or `regionscope --version`; Regionscope says so.",
    "npm install ./regionscope-0.1.0.tgz && npx regionscope help bench",
    "regionscope report --out r.json; /opt/regionscope serve; schema regionscope.report/1",
  ].join("\n");
  const found = namedCommands(text);
  expect(found).toEqual(["install", "regionscope report", "regionscope --version", "regionscope help"]);
  expect(found.every(isOfPackage)).toBe(true);
  expect(["run report", "ci", "start"].some(isOfPackage)).toBe(false);
});

test("docs/commands.md has every command that README.md names, and README.md the ones to start with", () => {
  const readme = documentedCommands(["README.md"]);
  expect(readme).toEqual(expect.arrayContaining(["ci", "start", "test", "run report", "run bench"]));
  expect(documentedCommands(["docs/commands.md"])).toEqual(expect.arrayContaining(readme));
});
