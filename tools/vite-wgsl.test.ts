/** Tests how WGSL is read at build time: comments, needs and buffer layouts. */
import { expect, test } from "vitest";
import { reflect } from "./reflect-wgsl.ts";
import { needsOf, withoutComments } from "./vite-wgsl.ts";

test("comments and indentation are removed, lines are kept", () => {
  const shader = ["// What it is.", "fn f() -> u32 {", "  return 1u / 2u; // half", "}", ""].join("\n");
  expect(withoutComments(shader)).toBe(["", "fn f() -> u32 {", "return 1u / 2u;", "}", ""].join("\n"));
});

test("a needed file is included once, before the files that need it", () => {
  const files: Record<string, string> = {
    "lib/a.wgsl": "// First.\n// Needs lib/c.wgsl.\n",
    "lib/b.wgsl": "// Needs lib/a.wgsl, lib/c.wgsl.\n",
    "lib/c.wgsl": "// Needs `cells` of its kernel.\n",
  };
  const read = (path: string) => files[path] ?? "";
  expect(needsOf("// Needs lib/b.wgsl, lib/c.wgsl.\n", read)).toEqual([
    "lib/c.wgsl",
    "lib/a.wgsl",
    "lib/b.wgsl",
  ]);
});

// Expected offsets follow the WGSL specification, section "Alignment and Size": a vec3f is aligned to 16
// bytes, a struct to its widest field.
test("layouts follow WGSL, also in nested structs", async () => {
  const layouts = await reflect(`
    struct Slice { at: vec2f, start: u32 }
    struct Row { color: vec3f, channel: u32, own: Slice }
    struct Params { low: f32, ground: vec3f, count: i32 }
    @group(0) @binding(0) var<uniform> params: Params;
    @group(0) @binding(1) var<storage, read> rows: array<Row>;
    @group(0) @binding(2) var<storage, read> words: array<u32>;
    @vertex fn corner() -> @builtin(position) vec4f { return vec4f(f32(rows[0].channel)); }
    @fragment fn pixel() -> @location(0) vec4f { return vec4f(params.low + f32(words[0])); }
  `);
  const own = { size: 16, fields: { at: [0, "vec2f"], start: [8, "u32"] } };
  expect(layouts.uniforms).toEqual({
    params: { size: 32, fields: { low: [0, "f32"], ground: [16, "vec3f"], count: [28, "i32"] } },
  });
  expect(layouts.arrays).toEqual({
    rows: { size: 32, fields: { color: [0, "vec3f"], channel: [12, "u32"], own: [16, own] } },
  });
  expect(layouts.bindings.map(({ binding, visibility }) => [binding, visibility])).toEqual([
    [0, 2],
    [1, 1],
    [2, 2],
  ]);
});

test("a field of an unsupported type is named in the error", async () => {
  const wgsl =
    "struct P { turn: mat3x3f }\n@group(0) @binding(0) var<uniform> params: P;\n@compute @workgroup_size(1) fn f() { _ = params.turn; }";
  await expect(reflect(wgsl)).rejects.toThrow("params.turn");
});
