import { beforeEach, describe, expect, test } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { sortRegions } from "../regions/region-order.ts";
import { selectRows } from "../regions/region-rows.ts";
import { selectSelected } from "../regions/selected-regions.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";

const state = () => useStore.getState();
const selected = () => selectSelected(state());
const shown = () => selectRows(state()).map(({ name }) => name);
const NAMES = ["a", "b", "c", "d"];

beforeEach(() => {
  const definition = definitionOf({ background: 0, a: [1, 2], b: 2, c: 3, d: 4 }, [1, 2, 3, 4]);
  state().caseOpened({
    openCase: caseOf(volumeOf([1, 1, 5], [0, 1, 2, 3, 4])),
    definition,
    plans: null,
    notices: [],
  });
});

describe("selecting several", () => {
  test("a region joins and leaves; what joined last is the current one", () => {
    state().selectRegion("a");
    state().toggleSelected("c");
    expect([state().selectedRegion, selected()]).toEqual(["c", ["c", "a"]]);
    state().toggleSelected("c");
    expect(selected()).toEqual(["a"]);
    state().toggleSelected("a");
    expect(selected()).toEqual([]);
    state().toggleSelected("d");
    expect(selected()).toEqual(["d"]);
  });

  test("a range grows and shrinks about where it began", () => {
    state().selectRegion("b");
    state().selectRange(NAMES, "d");
    expect(selected()).toEqual(["d", "b", "c"]);
    state().selectRange(NAMES, "c");
    expect(selected()).toEqual(["c", "b"]);
    state().selectRange(NAMES, "a");
    expect(selected()).toEqual(["a", "b"]);
    state().selectRegion("d");
    expect(selected()).toEqual(["d"]);
    state().selectRange(["d", "c", "b", "a"], "b");
    expect(selected()).toEqual(["b", "d", "c"]);
  });

  test("a range that began at a region the list no longer has begins anew", () => {
    state().selectRegion("a");
    state().selectRange(["c", "d"], "d");
    expect(selected()).toEqual(["d"]);
    state().selectRange(["c", "d"], "c");
    expect(selected()).toEqual(["c", "d"]);
  });

  test("all of a list; the current region stays current if it is in it", () => {
    state().selectRegion("c");
    state().selectEvery(NAMES);
    expect(selected()).toEqual(["c", "a", "b", "d"]);
    state().selectEvery(["a", "b"]);
    expect(selected()).toEqual(["a", "b"]);
  });

  test("a finding, and another case, end it", () => {
    state().selectEvery(NAMES);
    state().concern(["b", "c"]);
    expect(selected()).toEqual(["b"]);
    state().selectEvery(NAMES);
    state().definitionOpened(definitionOf({ background: 0, a: [1, 2] }, [1]));
    expect(selected()).toEqual([]);
  });

  test("names follow an edit, and what is removed leaves", () => {
    state().selectEvery(["a", "b", "c"]);
    state().soloSelected();
    const renamed = definitionOf({ background: 0, a: [1, 2], bee: 2, d: 4 }, [1, 2, 4]);
    state().definitionEdited(renamed, "rename", { from: "b", to: "bee" });
    expect(selected()).toEqual(["a", "bee"]);
    expect(shown()).toEqual(["a", "bee"]);
  });
});

describe("showing and hiding what is selected", () => {
  beforeEach(() => {
    state().selectRegion("b");
    state().toggleSelected("d");
  });

  test("solo shows exactly those; again, and it ends", () => {
    state().soloSelected();
    expect(shown()).toEqual(["b", "d"]);
    state().soloSelected();
    expect(shown()).toEqual(NAMES);
    state().soloSelected();
    state().selectRegion("a");
    state().soloSelected();
    expect(shown()).toEqual(["a"]);
    state().endSolo();
    expect(shown()).toEqual(NAMES);
  });

  test("one of several shown alone leaves by its own button; another one takes their place", () => {
    state().soloSelected();
    state().toggleSolo("d");
    expect([state().solo, shown()]).toEqual(["b", ["b"]]);
    state().soloSelected();
    state().toggleSolo("a");
    expect(shown()).toEqual(["a"]);
  });

  test("hide takes all of them away and brings them back; a mixed lot is hidden first", () => {
    state().toggleHidden("b");
    state().hideSelected();
    expect(shown()).toEqual(["a", "c"]);
    state().hideSelected();
    expect(shown()).toEqual(NAMES);
  });

  test("what is shown alone can be hidden", () => {
    state().soloSelected();
    state().selectRegion("b");
    state().hideSelected();
    expect(shown()).toEqual(["d"]);
  });

  test("hide others, then all", () => {
    state().hideOthers();
    expect(shown()).toEqual(["b", "d"]);
    state().showAll();
    expect(shown()).toEqual(NAMES);
    state().selectRegion(null);
    state().hideOthers();
    state().hideSelected();
    expect(shown()).toEqual(NAMES);
  });
});

describe("orders of the list", () => {
  const row = (
    name: string,
    fullVoxels: number | null,
    presence: readonly ("present" | "vanished" | "absent")[],
  ) => ({
    name,
    fullVoxels,
    shownVoxels: fullVoxels,
    presence,
  });
  const rows = [
    row("rib 10", 50, ["present", "present", "present"]),
    row("Rib 2", 9, ["present", "present", "vanished"]),
    row("aorta", 90, ["present", "present", "vanished"]),
    row("nerve", 3, ["present", "vanished", "vanished"]),
    row("gone", 0, ["absent", "absent", "absent"]),
  ];
  test.each([
    ["order", ["rib 10", "Rib 2", "aorta", "nerve", "gone"]],
    ["name", ["aorta", "gone", "nerve", "Rib 2", "rib 10"]],
    ["volume", ["aorta", "rib 10", "Rib 2", "nerve", "gone"]],
    ["vanishing", ["nerve", "Rib 2", "aorta", "rib 10", "gone"]],
  ] as const)("%s", (sort, names) => {
    expect(sortRegions(rows, sort).map(({ name }) => name)).toEqual(names);
  });

  test("as defined while nothing is counted", () => {
    const waiting = rows.map(({ name }) => ({ name, fullVoxels: null, shownVoxels: null, presence: null }));
    for (const sort of ["volume", "vanishing"] as const) expect(sortRegions(waiting, sort)).toEqual(waiting);
  });
});
