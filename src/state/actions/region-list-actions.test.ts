/** Tests multiple selection in the region list, and showing and hiding the selected regions. */
import { beforeEach, describe, expect, test } from "vitest";
import { IN_NO_REGION } from "../../domain/dataset/region-set.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { sortRegions } from "../regions/region-order.ts";
import { selectRows } from "../regions/region-rows.ts";
import { selectSelected } from "../regions/selected-regions.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { caseClosed, caseOpened, definitionOpened } from "./case-actions.ts";
import { definitionEdited } from "./edit-actions.ts";
import {
  endSolo,
  hideOthers,
  hideSelected,
  selectEvery,
  selectRange,
  soloSelected,
  toggleSelected,
} from "./region-list-actions.ts";
import { highlight, selectRegion, showAll, toggleHidden, toggleSolo } from "./view-actions.ts";

const state = () => useStore.getState();
const selected = () => selectSelected(state());
const shown = () => selectRows(state()).map(({ name }) => name);
const NAMES = ["a", "b", "c", "d"];

beforeEach(() => {
  caseClosed();
  const definition = definitionOf({ background: 0, a: [1, 2], b: 2, c: 3, d: 4 }, [1, 2, 3, 4]);
  caseOpened({
    openCase: caseOf(volumeOf([1, 1, 5], [0, 1, 2, 3, 4])),
    definition,
    plans: null,
    notices: [],
  });
});

describe("selecting several", () => {
  test("a region joins and leaves the selection; the one that joined last is current", () => {
    selectRegion("a");
    toggleSelected("c");
    expect([state().selectedRegion, selected()]).toEqual(["c", ["c", "a"]]);
    toggleSelected("c");
    expect(selected()).toEqual(["a"]);
    toggleSelected("a");
    expect(selected()).toEqual([]);
    toggleSelected("d");
    expect(selected()).toEqual(["d"]);
  });

  test("a range grows and shrinks about its start", () => {
    selectRegion("b");
    selectRange(NAMES, "d");
    expect(selected()).toEqual(["d", "b", "c"]);
    selectRange(NAMES, "c");
    expect(selected()).toEqual(["c", "b"]);
    selectRange(NAMES, "a");
    expect(selected()).toEqual(["a", "b"]);
    selectRegion("d");
    expect(selected()).toEqual(["d"]);
    selectRange(["d", "c", "b", "a"], "b");
    expect(selected()).toEqual(["b", "d", "c"]);
  });

  test("a range whose start is no longer in the list starts again", () => {
    selectRegion("a");
    selectRange(["c", "d"], "d");
    expect(selected()).toEqual(["d"]);
    selectRange(["c", "d"], "c");
    expect(selected()).toEqual(["c", "d"]);
  });

  test("selecting the whole list keeps the current region if it is in the list", () => {
    selectRegion("c");
    selectEvery(NAMES);
    expect(selected()).toEqual(["c", "a", "b", "d"]);
    selectEvery(["a", "b"]);
    expect(selected()).toEqual(["a", "b"]);
  });

  test("a finding or another case ends the selection of several", () => {
    selectEvery(NAMES);
    highlight(["b", "c"]);
    expect(selected()).toEqual(["b"]);
    selectEvery(NAMES);
    definitionOpened(definitionOf({ background: 0, a: [1, 2] }, [1]));
    expect(selected()).toEqual([]);
  });

  test("selected names follow an edit, and removed regions leave the selection", () => {
    selectEvery(["a", "b", "c"]);
    soloSelected();
    const renamed = definitionOf({ background: 0, a: [1, 2], bee: 2, d: 4 }, [1, 2, 4]);
    definitionEdited(renamed, "rename", { from: "b", to: "bee" });
    expect(selected()).toEqual(["a", "bee"]);
    expect(shown()).toEqual(["a", "bee"]);
  });
});

describe("showing and hiding what is selected", () => {
  beforeEach(() => {
    selectRegion("b");
    toggleSelected("d");
  });

  test("solo shows exactly the selected regions, and a second time ends it", () => {
    soloSelected();
    expect(shown()).toEqual(["b", "d"]);
    soloSelected();
    expect(shown()).toEqual(NAMES);
    soloSelected();
    selectRegion("a");
    soloSelected();
    expect(shown()).toEqual(["a"]);
    endSolo();
    expect(shown()).toEqual(NAMES);
  });

  test("a region's own button removes it from several shown alone, and another region replaces them", () => {
    soloSelected();
    toggleSolo("d");
    expect([state().solo, shown()]).toEqual(["b", ["b"]]);
    soloSelected();
    toggleSolo("a");
    expect(shown()).toEqual(["a"]);
  });

  test("while some are shown alone, a box adds a region to them or takes it away; the last one leaves none", () => {
    soloSelected();
    toggleHidden("a");
    expect(shown()).toEqual(["a", "b", "d"]);
    toggleHidden("d");
    toggleHidden("b");
    expect([state().solo, shown()]).toEqual(["a", ["a"]]);
    toggleHidden("a");
    expect([state().solo, shown()]).toEqual([null, []]);
    toggleHidden("c");
    expect(shown()).toEqual(["c"]);
  });

  test("once an edit has removed all that were shown alone, a box hides its region again", () => {
    selectRegion("d");
    soloSelected();
    definitionEdited(definitionOf({ background: 0, a: 1, b: 2, c: 3, d: [] }, []), "remove label 4");
    expect(shown()).toEqual(["a", "b", "c", IN_NO_REGION]);
    toggleHidden("a");
    expect(shown()).toEqual(["b", "c", IN_NO_REGION]);
  });

  test("hide hides all selected regions and shows them again, and hides a mixed selection first", () => {
    toggleHidden("b");
    hideSelected();
    expect(shown()).toEqual(["a", "c"]);
    hideSelected();
    expect(shown()).toEqual(NAMES);
  });

  test("a region that is shown alone can be hidden", () => {
    soloSelected();
    selectRegion("b");
    hideSelected();
    expect(shown()).toEqual(["d"]);
  });

  test("hides the others, then shows all", () => {
    hideOthers();
    expect(shown()).toEqual(["b", "d"]);
    showAll();
    expect(shown()).toEqual(NAMES);
    selectRegion(null);
    hideOthers();
    hideSelected();
    expect(shown()).toEqual(NAMES);
  });
});

describe("orders of the list", () => {
  const row = (
    name: string,
    fullVoxels: number | null,
    scaleStatus: readonly ("present" | "sparse" | "empty" | "absent")[],
  ) => ({
    name,
    inNoRegion: false,
    fullVoxels,
    shownVoxels: fullVoxels,
    scaleStatus,
    gone: null,
  });
  const SCALES = [0.7, 0.3, 0].map(
    (lossWeight): Scale => ({ factors: [1, 1, 1], shape: [1, 1, 1], lossWeight, collapses: false }),
  );
  const rows = [
    row("rib 10", 50, ["present", "present", "present"]),
    row("Rib 2", 9, ["present", "present", "empty"]),
    row("aorta", 90, ["present", "present", "empty"]),
    row("nerve", 3, ["present", "empty", "empty"]),
    row("gone", 0, ["absent", "absent", "absent"]),
  ];
  test.each([
    ["order", ["rib 10", "Rib 2", "aorta", "nerve", "gone"]],
    ["name", ["aorta", "gone", "nerve", "Rib 2", "rib 10"]],
    ["volume", ["aorta", "rib 10", "Rib 2", "nerve", "gone"]],
    ["gone", ["nerve", "Rib 2", "aorta", "rib 10", "gone"]],
  ] as const)("%s", (sort, names) => {
    expect(sortRegions(rows, sort, SCALES).map(({ name }) => name)).toEqual(names);
  });

  test("labels in no region come last among what is gone", () => {
    const rest = { ...row(IN_NO_REGION, 8, ["sparse", "empty", "empty"]), inNoRegion: true };
    expect(sortRegions([rest, ...rows], "gone", SCALES).at(-1)).toBe(rest);
  });

  test("by patches: gone most often at scales used in the loss, then at others, then never", () => {
    const gone = {
      "rib 10": [0, 0, 0.9],
      "Rib 2": [0, 0.1, 0],
      aorta: [0, 0, 0],
      nerve: [0, 0.3, 0.3],
      gone: [],
    };
    const shared = rows.map((one, i) => ({ ...one, gone: Object.values(gone)[i] ?? null }));
    expect(sortRegions(shared, "gone", SCALES).map(({ name }) => name)).toEqual([
      "nerve",
      "Rib 2",
      "rib 10",
      "aorta",
      "gone",
    ]);
  });

  test("is that of the definition until voxels are counted", () => {
    const waiting = rows.map(({ name, inNoRegion }) => ({
      name,
      inNoRegion,
      fullVoxels: null,
      shownVoxels: null,
      scaleStatus: null,
      gone: "awaited" as const,
    }));
    for (const sort of ["volume", "gone"] as const)
      expect(sortRegions(waiting, sort, SCALES)).toEqual(waiting);
  });
});
