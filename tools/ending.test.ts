/** Tests that calls end together, and that an end keeps no results. */
import { expect, test } from "vitest";
import { Ending } from "./ending.ts";

const never = new Promise<never>(() => {});

test("a call has its own result or error", async () => {
  const ending = new Ending();
  await expect(ending.orEnd(Promise.resolve(3))).resolves.toBe(3);
  await expect(ending.orEnd(Promise.reject(new Error("own")))).rejects.toThrow("own");
  expect(ending.reason).toBeNull();
});

test("the end rejects what waits and what comes later, once", async () => {
  const ending = new Ending();
  const waiting = [ending.orEnd(never), ending.orEnd(never)];
  ending.end(new Error("lost"));
  ending.end(new Error("later"));
  for (const one of waiting) await expect(one).rejects.toThrow("lost");
  await expect(ending.orEnd(Promise.resolve(3))).rejects.toThrow("lost");
  await expect(ending.orEnd(Promise.reject(new Error("own")))).rejects.toThrow("lost");
  expect(ending.reason).toEqual({ error: new Error("lost") });
});

test("an end without calls is no unhandled rejection", async () => {
  new Ending().end(new Error("lost"));
  await new Promise((done) => setTimeout(done, 1));
});

test("results are not kept", async () => {
  const { gc } = globalThis;
  const ending = new Ending();
  const collected: number[] = [];
  const registry = new FinalizationRegistry<number>((i) => collected.push(i));
  const one = async (i: number) => {
    const result = { i };
    registry.register(result, i);
    return result;
  };
  for (let i = 0; i < 200; i++) await ending.orEnd(one(i));
  if (gc) await gc({ execution: "async" });
  // Without a way to ask for it, garbage is collected when memory is needed.
  for (let i = 0; i < 50 && collected.length === 0; i++) {
    void new Array(1_000_000).fill(i).map((x) => ({ x }));
    await new Promise((done) => setTimeout(done, 1));
  }
  expect(collected.length).toBeGreaterThan(0);
  expect(ending.reason).toBeNull();
});
