/** How values are written into WGSL structs. */
import { expect, test } from "vitest";
import { type StructLayout, type StructValues, writeStruct } from "./kernel-layouts.ts";

const slice: StructLayout = { size: 16, fields: { at: [0, "vec2f"], start: [8, "u32"] } };
const row: StructLayout = { size: 48, fields: { color: [0, "vec3f"], step: [12, "i32"], own: [16, slice] } };

function written(values: StructValues, start = 0): DataView {
  const view = new DataView(new ArrayBuffer(start + row.size));
  writeStruct(row, values, view, start);
  return view;
}

test("values lie where the layout says, little-endian, and the rest is zero", () => {
  const view = written({ color: [1, 0.5, -2], step: -1, own: { start: 0xffffffff } }, 48);
  expect(view.getFloat32(48, true)).toBe(1);
  expect(view.getFloat32(56, true)).toBe(-2);
  expect(view.getInt32(60, true)).toBe(-1);
  expect(view.getFloat32(64, true)).toBe(0);
  expect(view.getUint32(72, true)).toBe(0xffffffff);
});

test("a value that does not fit is refused", () => {
  expect(() => written({ colour: 1 })).toThrow("colour");
  expect(() => written({ color: [1, 2] })).toThrow("color takes 3 numbers");
  expect(() => written({ own: 3 })).toThrow("own takes a struct");
  expect(() => written({ step: { at: 1 } })).toThrow("step takes 1 numbers");
});
