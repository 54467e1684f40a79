/** Tests that scripts loaded later, and other promises, count as work of the page. */
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { problemDismissed } from "../state/actions/case-actions.ts";
import { workEnded, workStarted } from "../state/actions/gpu-actions.ts";
import { useStore } from "../state/store.ts";
import { busyWhile, fetchedOnce } from "./busy.ts";
import { LazyPart } from "./lazy-part.ts";

const state = () => useStore.getState();
const atRest = () => vi.waitFor(() => expect(state().busy).toBe(0));

afterEach(() => problemDismissed());

test("the page is busy until a requested part's script has loaded and its action has run", async () => {
  let arrive: (part: string) => void = () => undefined;
  const fetch = vi.fn(() => new Promise<string>((resolve) => (arrive = resolve)));
  const part = new LazyPart(fetch);
  const busy: number[] = [];
  const unsubscribe = useStore.subscribe(
    (s) => s.busy,
    (now) => busy.push(now),
  );
  const given: string[] = [];
  const act = (it: string) => {
    given.push(it);
    // Imitates a part that starts further work.
    workStarted();
  };
  part.ifWanted(act);
  expect([fetch.mock.calls.length, state().busy]).toEqual([0, 0]);
  part.with(act);
  expect(state().busy).toBeGreaterThan(0);
  arrive("a part");
  await vi.waitFor(() => expect(given).toEqual(["a part"]));
  workEnded();
  await atRest();
  // Never idle in between.
  expect(busy.indexOf(0)).toBe(busy.length - 1);
  part.ifWanted(act);
  await vi.waitFor(() => expect(given).toHaveLength(2));
  workEnded();
  await atRest();
  expect(fetch).toHaveBeenCalledTimes(1);
  unsubscribe();
});

test("a script that fails to load is reported, and requested again next time", async () => {
  const fetch = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error("It did not come."))
    .mockResolvedValue("it");
  const act = vi.fn();
  const part = new LazyPart(fetch);
  part.with(act);
  await vi.waitFor(() => expect(state().problem).toBe("It did not come."));
  await atRest();
  part.with(act);
  await vi.waitFor(() => expect(act).toHaveBeenCalledExactlyOnceWith("it"));
  await atRest();
  const once = fetchedOnce(fetch);
  expect([await once(), await once(), fetch.mock.calls.length]).toEqual(["it", "it", 3]);
});

test("the page stops being busy whether the work succeeds or fails", async () => {
  const doing = busyWhile(() => Promise.reject(new Error("no")));
  expect(state().busy).toBe(1);
  await expect(doing).rejects.toThrow("no");
  expect(state().busy).toBe(0);
});

test("the page is busy while any lazy script loads", () => {
  const src = new URL("../", import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file),
  );
  const fetched = files.flatMap((file) => {
    const text = readFileSync(new URL(file, src), "utf8");
    return [...text.matchAll(/(?<!typeof |type \w+ = )\bimport\("/g)].map(({ index }) => ({
      // From the end of the previous statement or object member.
      statement: text.slice(Math.max(text.lastIndexOf(";", index), 0), index),
      file,
    }));
  });
  expect(fetched.length).toBeGreaterThan(30);
  const counts = /\b(busyWhile|workInBackground|fetchedOnce|LazyPart|lazyView|report)\(/;
  expect(fetched.filter(({ statement }) => !counts.test(statement))).toEqual([]);
});
