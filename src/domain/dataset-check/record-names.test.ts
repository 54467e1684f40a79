/** Tests the names of the files of cases. */
import { expect, test } from "vitest";
import { recordNames } from "./record-names.ts";

const nameOf = (name: string) => recordNames([name]).get(name);

test.each(["case_0012", "BraTS2021_00000", "s0001", "liver-3.5+c", "0"])("%s stays as it is", (name) => {
  expect(nameOf(name)).toBe(name);
});

test.each([
  ["a/b", "a=2Fb"],
  ["../../etc/passwd", "=2E./../etc/passwd".replaceAll("/", "=2F")],
  ["..", "=2E=2E"],
  [".hidden", "=2Ehidden"],
  ["dot.", "dot=2E"],
  ["a\\b:c", "a=5Cb=3Ac"],
  ["Müller 1", "M=C3=BCller=201"],
  ["a=2Fb", "a=3D2Fb"],
  ["a~b", "a=7Eb"],
  ["line\nbreak\0", "line=0Abreak=00"],
  ["", "="],
  ["con", "=63on"],
  ["NUL.x", "=4EUL.x"],
  ["console", "console"],
  ["\ud800", "=uD800"],
  ["😀", "=F0=9F=98=80"],
])("%j is written as %s", (name, file) => {
  expect(nameOf(name)).toBe(file);
});

test("names that differ only in case, in one file or in none, get different files on every disk", () => {
  const names = ["Case_1", "case_1", "CASE_1", "case_2", "ſ", "s", "k", "\u212a"];
  const files = [...recordNames(names).values()];
  expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(names.length);
  expect(recordNames(names).get("case_2")).toBe("case_2");
  expect(files[0]).toMatch(/^Case_1~[0-9a-f]{16}$/);
  // The order of the cases does not matter.
  expect(recordNames(names.toReversed())).toEqual(new Map([...recordNames(names)].toReversed()));
});

test("long names are cut and stay distinct, within what a file's name may have", () => {
  const long = "x".repeat(300);
  const names = [long, `${long}y`, `${long.slice(1)}Y`, "ü".repeat(100), long.toUpperCase()];
  const files = [...recordNames(names).values()];
  expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(names.length);
  for (const file of files) expect(file.length).toBeLessThan(200);
});

test("one escaped name cannot be another name's own", () => {
  const names = ["a/b", "a=2Fb", "a=2fb", "a=3D2Fb", "=", ""];
  expect(new Set([...recordNames(names).values()].map((file) => file.toLowerCase())).size).toBe(names.length);
});
