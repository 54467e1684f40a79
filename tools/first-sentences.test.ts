/** Holds that every source file begins with a sentence that says what it is. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./run.ts";

/** The first line that is neither empty, nor for the shell, nor a directive of the build. */
function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "" && !/^(#!|\/\/ Needs )/.test(line)) ?? "";
}

const files = ["src", "shaders", "e2e", "tools"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => /\.(tsx?|wgsl|css)$/.test(path) && !path.includes("fixtures")),
);

test("every file begins with a comment", () => {
  expect(files.length).toBeGreaterThan(1000);
  const without = files.filter(
    (path) => !/^(\/\*|\/\/)/.test(firstLine(readFileSync(join(root, path), "utf8"))),
  );
  expect(without).toEqual([]);
});

test("a directive or a shebang does not count as a sentence", () => {
  expect(firstLine("#!/usr/bin/env node\n\n// Needs lib/a.wgsl.\n/** Adds. */\n")).toBe("/** Adds. */");
});
