/** Tests the rewriting of WGSL loops. */
import { expect, test } from "vitest";
import { withLimitedLoops } from "./limited-loops.ts";

const inserted = (code: string) => [...code.matchAll(/turns_taken \+?>= 9u/g)].length;

test("every loop is limited, and nothing else is changed", () => {
  const wgsl = `// for (comments) there is no limit
fn main() {
  for (var i = 0u; i < f(i, (2u)); i++) { while (g(i)) { if (h()) { break; } } }
  loop { break; }
}`;
  const limited = withLimitedLoops(wgsl, 9);
  expect(inserted(limited)).toBe(3);
  expect(limited).toContain("for (var i = 0u; i < f(i, (2u)); i++) { if (turns_taken >= 9u) { break; }");
  expect(limited).toContain("while (g(i)) { if (turns_taken");
  expect(limited).toContain("loop { if (turns_taken");
  const removed = limited
    .replace("var<private> turns_taken: u32;\n", "")
    .replaceAll(/ if \(turns_taken >= 9u\) \{ break; \} turns_taken\+\+; /g, "");
  expect(removed).toBe(wgsl.replace("// for (comments) there is no limit", ""));
});

test("a shader without loops is unchanged", () => {
  const wgsl = "// Nothing here.\nfn main() {}";
  expect(withLimitedLoops(wgsl, 9)).toBe(wgsl);
});
