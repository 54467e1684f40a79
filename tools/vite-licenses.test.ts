/** Tests the file of licences with a small build that has a worker. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "./run.ts";
import { licenses } from "./vite-licenses.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-licenses-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("has the libraries of the page and of its workers, and no others", async () => {
  const files = {
    "index.html": '<script type="module" src="page.js"></script>',
    "page.js":
      'import { unzlibSync } from "fflate"; console.log(unzlibSync); new Worker(new URL("./worker.js", import.meta.url), { type: "module" });',
    "worker.js": 'import { parseTree } from "jsonc-parser"; postMessage(parseTree("1"));',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { main, ofWorkers } = licenses();
  await build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    plugins: [main],
    worker: { format: "es", plugins: () => [ofWorkers] },
  });
  const text = readFileSync(join(folder, "dist/licenses.md"), "utf8");
  expect(text.match(/^## .*$/gm)).toEqual([
    expect.stringMatching(/^## fflate [\d.]+ \(MIT\)$/),
    expect.stringMatching(/^## jsonc-parser [\d.]+ \(MIT\)$/),
  ]);
  expect(text).toContain("Copyright (c) Microsoft");
});
