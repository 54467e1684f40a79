/** Tests that fields do not share names in addresses or files. */
import { expect, test } from "vitest";
import { FIELD_LIST } from "./fields.ts";
import { placeInFile } from "./saved-view.ts";

test("no two fields share a name in an address, except for other names of the same list", () => {
  const named = FIELD_LIST.filter(([, { address, kind }]) => address !== null && kind.type !== "other names");
  expect(new Set(named.map(([, { address }]) => address)).size).toBe(named.length);
});

test("no two fields share a place in a file", () => {
  const places = FIELD_LIST.flatMap(([key, row]) => placeInFile(key, row)?.join(".") ?? []);
  expect(new Set(places).size).toBe(places.length);
});
