/** Checks that `docs/findings.md` marks exactly those codes with **Apply** that have a button. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CANDIDATES } from "./repair-candidates.ts";

const DOC = new URL("../../../docs/findings.md", import.meta.url);

it("docs/findings.md marks exactly the codes whose repair has a button", () => {
  const marked = readFileSync(DOC, "utf8")
    .split("\n")
    .flatMap((line) => /^\| `([\w-]+)` .*\*\*Apply\*\*/.exec(line)?.[1] ?? []);
  expect(marked).toEqual(Object.keys(CANDIDATES).sort());
});
