/** Tests where relative paths start, and what a usage names. */
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { callerFolder, invocation, root } from "./run.ts";

afterEach(() => vi.unstubAllEnvs());

/** The variables that npm sets for a script. */
function startedBy(event: string | undefined, project: string | undefined) {
  vi.stubEnv("npm_lifecycle_event", event);
  vi.stubEnv("npm_package_json", project);
  vi.stubEnv("INIT_CWD", "/data");
}

test("a script of this project starts where npm was called, by whatever path npm found the project", () => {
  startedBy("report", join(root, "package.json"));
  expect([callerFolder("report"), invocation("report")]).toEqual([
    "/data",
    expect.stringMatching(/^npm run /),
  ]);
  const folder = mkdtempSync(join(tmpdir(), "regionscope-run-"));
  symlinkSync(root, join(folder, "link"));
  startedBy("report", join(folder, "link/package.json"));
  expect(callerFolder("report")).toBe("/data");
  rmSync(folder, { recursive: true });
});

test.each([
  ["no script", undefined, undefined],
  ["another script", "test", join(root, "package.json")],
  ["a script of this name in another project", "report", join(tmpdir(), "package.json")],
  ["a package manager that names no project", "report", undefined],
])("with %s, paths start in the current folder", (_, event, project) => {
  startedBy(event, project);
  expect(callerFolder("report")).toBe(process.cwd());
  expect(invocation("report")).toBe("regionscope report");
});
