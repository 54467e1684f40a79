/** Tests saved views: round trips, and views saved for another case. */
import { beforeEach, describe, expect, test } from "vitest";
import { randomFrom } from "../../base/random.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { changedView, valueText } from "../../domain/testing/random-view.ts";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { FIELD_LIST, type Field, type LinkedView } from "../../domain/view/fields.ts";
import type { SavedView } from "../../domain/view/saved-view.ts";
import { DEFAULT_STYLE, WHOLE_PLANES } from "../../domain/view/view-values.ts";
import { caseClosed, caseOpened } from "../actions/case-actions.ts";
import { secondLabelsOpened } from "../actions/compare-actions.ts";
import { overlayDiff } from "../actions/edit-actions.ts";
import { setFields } from "../actions/fields-actions.ts";
import { viewReplaced } from "../actions/history-actions.ts";
import { setStyle, zoomPlanesBy } from "../actions/slices-actions.ts";
import {
  selectRegion,
  setActiveView,
  setPlane,
  setView,
  setVoxel,
  toggleHidden,
} from "../actions/view-actions.ts";
import { selectRegionRows } from "../regions/region-rows.ts";
import { useStore } from "../store.ts";
import { caseOf, PLANS, secondOf } from "../testing/test-case.ts";
import { changeBy, chosenFields, fieldsOf } from "./field-values.ts";
import { fittingView, savedViewOf } from "./saved-view.ts";

const state = () => useStore.getState();
const DEFINITION = definitionOf({ background: 0, liver: [1, 2], tumour: 2 }, [1, 2]);

function openCase(shape: Triple, name = "case", definition = DEFINITION): void {
  const values = Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => i % 3);
  caseOpened({
    openCase: caseOf(volumeOf(shape, values), { name }),
    definition,
    plans: PLANS,
    notices: [],
  });
}

/** The view of a case of 8 × 8 × 8 voxels, with many changes. */
function saved(): SavedView {
  openCase([8, 8, 8]);
  setActiveView("lightbox");
  setVoxel([5, 6, 7]);
  setPlane("sagittal");
  setView({ zoom: 3, panMm: [4, -2], fillOpacity: 0.2 });
  zoomPlanesBy(2);
  setStyle("liver", { drawing: "hatch" });
  toggleHidden("tumour");
  selectRegion("tumour");
  setFields({ lightboxTiles: 40, lightboxShows: "all" });
  setFields({ compareKind: "mode", compareScale: 2, compareStripes: false });
  const view = savedViewOf(state());
  if (!view) throw new Error("There is a case.");
  return view;
}

/** Applies the view as if the user had opened this file. */
function show(view: SavedView): readonly string[] {
  const { change, notices } = fittingView(state(), view, "case.view.json");
  viewReplaced(change);
  return notices;
}

beforeEach(() => {
  caseClosed();
  setActiveView("grid");
  useStore.setState({ planes: WHOLE_PLANES, styles: new Map() });
  setView({ fillOpacity: 0.45 });
  setFields({ lightboxTiles: 24, lightboxShows: "selected" });
  setFields({ compareKind: "scale", compareScale: 1, compareStripes: true });
});

test("a saved view is restored completely on its own case", () => {
  const view = saved();
  setFields({ lightboxTiles: 9, lightboxShows: "selected" });
  setFields({ compareKind: "scale", compareScale: 1, compareStripes: true });
  openCase([8, 8, 8]);
  expect(show(view)).toEqual([]);
  expect(savedViewOf(state())).toEqual(view);
  expect(state()).toMatchObject({ lightboxTiles: 40, lightboxShows: "all", compareKind: "mode" });
});

test("every field is restored", () => {
  const names = ["liver", "tumour"];
  const shape: Triple = [101, 101, 101];
  openCase(shape);
  // `share/view-file.ts` applies the fields that change the targets; the file to compare with is requested.
  const isIncluded = (row: Field) => row.in !== "link" && !row.targets && row.kind.type !== "awaited file";
  const fits = { sliceScale: 2, compareScale: 3, compareKind: "scale" } as const;
  const ofFields = (values: LinkedView) =>
    FIELD_LIST.filter(([, row]) => isIncluded(row)).map(([key]) => [key, valueText(values[key])]);
  const apply = (values: LinkedView) =>
    useStore.setState(changeBy(chosenFields(values, isIncluded), state().view));
  for (let seed = 1; seed <= 20; seed++) {
    const changed = { ...changedView(randomFrom(seed), names), ...fits };
    apply(changed);
    const view = savedViewOf(state());
    if (!view) throw new Error("There is a case.");
    const usual = Object.fromEntries(FIELD_LIST.map(([key, row]) => [key, row.default]));
    apply(usual);
    expect(ofFields(fieldsOf(state()))).toEqual(ofFields(usual));
    show(JSON.parse(JSON.stringify(view)));
    expect(ofFields(fieldsOf(state()))).toEqual(ofFields(changed));
  }
});

test("the choice between the file's and automatic colours is restored, and neither becomes a user's colour", () => {
  const labelNames = [
    { value: 1, name: "liver", color: [1, 0, 0] as const },
    { value: 2, name: "tumour", color: [0, 1, 0] as const },
  ];
  const openColored = () => {
    const openCase = caseOf(volumeOf([2, 2, 2], [0, 1, 2, 0, 1, 2, 0, 1]), { labelNames });
    caseOpened({ openCase, definition: DEFINITION, plans: null, notices: [] });
    setFields({ fileColors: true });
  };
  const hexes = () => selectRegionRows(state()).map(({ hex }) => hex);
  openColored();
  const ofFile = hexes();
  setFields({ fileColors: false });
  const automatic = hexes();
  expect(automatic).not.toEqual(ofFile);
  const view = savedViewOf(state());
  if (!view) throw new Error("There is a case.");
  openColored();
  expect(hexes()).toEqual(ofFile);
  show(view);
  expect(state().fileColors).toBe(false);
  expect(hexes()).toEqual(automatic);
  expect(state().chosenColors.size).toBe(0);
  setFields({ fileColors: true });
  expect(hexes()).toEqual(ofFile);
});

describe("on a case with another grid", () => {
  test("fields that hold for any case are applied, the others stay, and one sentence says so", () => {
    const view = saved();
    useStore.setState({ planes: WHOLE_PLANES });
    openCase([4, 5, 6], "other");
    const before = state();
    expect(show(view)).toEqual([
      "case.view.json: it was saved for case on another grid (8 × 8 × 8, not 4 × 5 × 6 voxels as here, or elsewhere in space), so crosshair, zoom, 3D camera, rulers and patch stay as they were.",
    ]);
    const after = state();
    expect(after.view.voxel).toEqual(before.view.voxel);
    expect([after.view.zoom, after.view.panMm, after.planes]).toEqual([1, [0, 0], WHOLE_PLANES]);
    expect(after.camera).toBe(before.camera);
    expect(after.view).toMatchObject({ plane: "sagittal", fillOpacity: 0.2 });
    expect(after.styles.get("liver")).toEqual({ ...DEFAULT_STYLE, drawing: "hatch" });
    expect([...after.hidden]).toEqual(["tumour"]);
    expect(after).toMatchObject({ activeView: "lightbox", lightboxTiles: 40, compareKind: "mode" });
  });

  test("the same shape elsewhere in space counts as another voxel grid", () => {
    const view = saved();
    const [moved = 0, ...rest] = view.case.toWorld;
    expect(
      show({ ...view, case: { ...view.case, toWorld: [moved, ...rest.slice(0, -1), 25] } }),
    ).toHaveLength(1);
  });

  test("each missing region and scale is named once", () => {
    const view = saved();
    openCase([4, 5, 6], "other", definitionOf({ background: 0, liver: [1, 2], spleen: 1 }, [1, 2]));
    const notices = show({ ...view, paneScale: 30, compare: { ...view.compare, kind: "scale", scale: 31 } });
    expect(notices).toHaveLength(4);
    expect(notices[1]).toContain("no region tumour");
    const [one] = view.regions;
    const others = ["in no region", "in no region 2"].flatMap((name) => (one ? [{ ...one, name }] : []));
    const named = show({ ...view, regions: [...view.regions, ...others] }).join();
    // The last is what the view calls the labels that no region has; the other is a region of this name.
    expect(named).toContain("in no region");
    expect(named).not.toContain("in no region 2");
    expect(notices[2]).toContain("it shows scale 30");
    expect(notices[3]).toContain("it compares with scale 31");
    expect(state().sliceScale).toBe(0);
    expect([...state().hidden]).toEqual([]);
    expect(state().selectedRegion).toBeNull();
  });
});

describe("compared with a file", () => {
  const second = secondOf("second.nii.gz", caseOf(volumeOf([8, 8, 8], Array(512).fill(1))).source);

  test("the view names the file, and asks for it if it is not open", () => {
    openCase([8, 8, 8]);
    secondLabelsOpened(second);
    const view = savedViewOf(state());
    expect(view?.compare).toMatchObject({ kind: "file", file: "second.nii.gz" });
    if (!view) return;
    expect(show(view)).toEqual([]);
    openCase([8, 8, 8]);
    expect(show(view)).toEqual([
      "case.view.json: it compares with second.nii.gz, which a view does not hold: load it in Compare as label file B.",
    ]);
    expect(state()).toMatchObject({
      compareKind: "file",
      secondLabels: null,
      compareAwaits: { kind: "file", name: "second.nii.gz" },
    });
    // Saved again before the user has opened the file, the view still names it.
    expect(savedViewOf(state())?.compare.file).toBe("second.nii.gz");
  });

  test("another definition is asked for in the same way", () => {
    openCase([8, 8, 8]);
    overlayDiff({ definition: DEFINITION, title: "other.json" });
    setFields({ compareKind: "definition" });
    const view = savedViewOf(state());
    if (!view) throw new Error("There is a case.");
    openCase([8, 8, 8]);
    expect(show(view)[0]).toContain("it compares with other.json");
    overlayDiff({ definition: DEFINITION, title: "third.json" });
    expect(savedViewOf(state())?.compare.file).toBe("third.json");
  });
});
