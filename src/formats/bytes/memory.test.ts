/** Tests that memory is used again between cases, and by no two arrays at once. */
import { expect, test } from "vitest";
import { NEW_MEMORY, ReusedMemory } from "./memory.ts";

test("a later case has the memory of the first, as far as it suffices", () => {
  const memory = new ReusedMemory();
  const [labels, image] = [memory.bytes(1000), memory.floats(1000)];
  expect(labels.buffer).not.toBe(image.buffer);
  memory.giveAllBack();
  const [next, larger] = [memory.bytes(900), memory.floats(2000)];
  expect(next.buffer).toBe(labels.buffer);
  expect(next).toHaveLength(900);
  expect(larger).toHaveLength(2000);
  expect(larger.buffer).not.toBe(image.buffer);
});

test("what is given back serves the same case again", () => {
  const memory = new ReusedMemory();
  const first = memory.floats(10);
  memory.giveBack(first);
  const second = memory.floats(10);
  expect(second.buffer).toBe(first.buffer);
  // It was lent once, so it is free once.
  memory.giveBack(second);
  memory.giveBack(second);
  expect(memory.floats(10).buffer).not.toBe(memory.floats(10).buffer);
});

test("arrays without elements are possible, and new memory is never shared", () => {
  expect(new ReusedMemory().bytes(0)).toHaveLength(0);
  const first = NEW_MEMORY.bytes(4);
  NEW_MEMORY.giveBack(first);
  expect(NEW_MEMORY.bytes(4).buffer).not.toBe(first.buffer);
});
