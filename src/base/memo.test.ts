/** Tests when memo recomputes and which results keep their identity. */
import { expect, test, vi } from "vitest";
import { memo, sameItems, sameList } from "./memo.ts";

interface Item {
  readonly name: string;
}

const isSame = (a: Item, b: Item) => a.name === b.name;
const items = (names: string): readonly Item[] => [...names].map((name) => ({ name }));

test("memo computes again only when its inputs change", () => {
  const compute = vi.fn((n: number, text: string) => text.repeat(n));
  const select = memo((s: { n: number; text: string; other: string }) => [s.n, s.text], compute);
  const state = { n: 2, text: "ab", other: "" };
  expect([select(state), select({ ...state, other: "c" }), select({ ...state, n: 1 })]).toEqual([
    "abab",
    "abab",
    "ab",
  ]);
  expect(compute).toHaveBeenCalledTimes(2);
});

test("items equal to the previous ones at the same index stay the same objects", () => {
  const select = memo((names: string) => [names], items, { reuse: sameItems(isSame) });
  const [first, second, third] = [select("abc"), select("axc"), select("ax")];
  expect(second).not.toBe(first);
  expect([second[0] === first[0], second[1] === first[1], second[2] === first[2]]).toEqual([
    true,
    false,
    true,
  ]);
  expect([third.length, third[1] === second[1]]).toEqual([2, true]);
});

test("a list stays the same object while all its items are equal", () => {
  let given = items("ab");
  const select = memo(
    (list: readonly Item[]) => [list],
    (list) => list,
    { reuse: sameList(isSame) },
  );
  const first = select(given);
  given = items("ab");
  expect(select(given)).toBe(first);
  expect([select(items("abc")), select(items("ab")), select([])].map((list) => list.length)).toEqual([
    3, 2, 0,
  ]);
  expect(select(items("a"))).toEqual(items("a"));
});
