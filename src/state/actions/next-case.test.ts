/** Tests what the next case keeps: of the same dataset, on the same grid, and of another dataset. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Triple } from "../../domain/geometry/grid.ts";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { useStore } from "../store.ts";
import { caseOf } from "../testing/test-case.ts";
import { caseClosed, caseOpened, definitionOpened } from "./case-actions.ts";
import { colorChosen, definitionEdited, definitionSaved } from "./edit-actions.ts";
import { setFields } from "./fields-actions.ts";
import { setPlanes, setStyle } from "./slices-actions.ts";
import { componentVisited } from "./survival-actions.ts";
import {
  selectRegion,
  setPlane,
  setTool,
  setView,
  setVoxel,
  setWindow,
  toggleHidden,
  toggleSolo,
} from "./view-actions.ts";

const state = () => useStore.getState();
const abdomen = () => definitionOf({ background: 0, liver: [1, 2], tumour: 2 }, [1, 2]);
const spine = () => definitionOf({ background: 0, vertebrae: [1, 2], liver: 2 }, [1, 2]);

function open(definition: ReturnType<typeof abdomen> | null, shape: Triple = [20, 20, 20]): void {
  const volume = volumeOf(
    shape,
    Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => 1 + (i % 2)),
  );
  const grid = sourceGrid({ kind: "labels", volume });
  const image: ImageVolume = { grid, data: new Float32Array(8), min: -1000, max: 1000 };
  caseOpened({ openCase: caseOf(volume, { image }), definition, plans: null, notices: [] });
}

function setAll(): void {
  setStyle("liver", { opacity: 0.4 });
  setStyle("tumour", { drawing: "outline" });
  colorChosen("tumour", [1, 0, 0]);
  setFields({ frontRegions: ["tumour"], compareKind: "file", lightboxShift: 3 });
  toggleHidden("tumour");
  toggleSolo("liver");
  selectRegion("liver");
  setPlane("sagittal");
  setVoxel([3, 4, 5]);
  setWindow({ level: 300, width: 1500 });
  setView({ zoom: 2, panMm: [3, 4] });
  setTool("ruler");
  setPlanes({ zoom: 5, pans: { axial: [1, 2], coronal: [3, 4], sagittal: [5, 6] } });
  useStore.setState({
    rulers: [{ plane: "axial", from: [1, 1, 1], to: [1, 5, 5] }],
    camera: { rotation: [0, 0, 0, 1], focusMm: [0, 0, 0], spanMm: 20 },
    survivalList: { search: "liver", onlyGone: true, sort: "order" },
  });
}

const look = () => {
  const { styles, chosenColors, frontRegions, compareKind, hidden, solo, selectedRegion } = state();
  const { survivalList, view } = state();
  return {
    styles: [...styles.keys()],
    colors: [...chosenColors.keys()],
    front: frontRegions,
    compareKind,
    hidden: [...hidden],
    solo,
    selectedRegion,
    search: survivalList.search,
    window: view.window.width,
    plane: view.plane,
  };
};
const places = () => [
  state().view.voxel,
  state().rulers.length,
  state().camera !== null,
  state().lightboxShift,
  state().view.zoom,
  state().planes.zoom,
  state().tool,
];

const SET = {
  styles: ["liver", "tumour"],
  colors: ["tumour"],
  front: ["tumour"],
  compareKind: "file",
  hidden: ["tumour"],
  solo: "liver",
  selectedRegion: "liver",
  search: "liver",
  window: 1500,
  plane: "sagittal",
};
const ANEW = {
  styles: [],
  colors: [],
  front: [],
  compareKind: "scale",
  hidden: [],
  solo: null,
  selectedRegion: null,
  search: "",
  window: 400,
  plane: "coronal",
};

describe("the next case", () => {
  beforeEach(() => {
    caseClosed();
    open(abdomen());
    setAll();
    expect(look()).toEqual(SET);
  });

  test("of the same dataset keeps how regions are shown, and the places only on the same grid", () => {
    const { datasetsOpened } = state();
    open(abdomen());
    expect(look()).toEqual(SET);
    expect(places()).toEqual([[3, 4, 5], 1, true, 3, 2, 5, "ruler"]);
    open(abdomen(), [20, 20, 22]);
    expect(look()).toEqual(SET);
    expect(places()).toEqual([[10, 10, 11], 0, false, 0, 1, 1, "crosshair"]);
    expect(state().datasetsOpened).toBe(datasetsOpened);
  });

  test("on the same grid has the user's own zoom, not that of a step", () => {
    componentVisited({ region: "liver", component: 0 }, [3, 4, 5], [0.1, 0.1, 0.1]);
    expect([state().view.zoom, state().planes.zoom]).toEqual([12, 12]);
    open(abdomen());
    expect([state().view.zoom, state().planes.zoom]).toEqual([2, 5]);
  });

  test("is drawn from labels after masks, whose bits nobody chose", () => {
    const { openCase } = state();
    if (openCase?.source.kind !== "labels") throw new Error("no labels");
    const source = {
      kind: "masks",
      stack: stackOf([20, 20, 20], { mask: new Array<number>(8000).fill(1) }),
    } as const;
    caseOpened({ openCase: { ...openCase, source }, definition: null, plans: null, notices: [] });
    expect(state().view.drawFrom).toBe("bit-packed");
    open(abdomen());
    expect(state().view.drawFrom).toBe("label-first");
    setView({ drawFrom: "bit-packed" });
    open(spine());
    expect(state().view.drawFrom).toBe("bit-packed");
  });

  test("of another dataset starts anew, also on the same grid and with regions of the same names", () => {
    const { datasetsOpened } = state();
    open(spine());
    expect(look()).toEqual(ANEW);
    expect(places()).toEqual([[10, 10, 10], 0, false, 0, 1, 1, "crosshair"]);
    expect(state().datasetsOpened).toBe(datasetsOpened + 1);
  });

  test("is of the same dataset after an edit, with the text as saved or as edited", () => {
    const edited = definitionOf({ background: 0, liver: [1, 2], lesion: 2 }, [1, 2]);
    definitionEdited(edited, "rename tumour", { from: "tumour", to: "lesion" });
    const renamed = { ...SET, styles: ["liver", "lesion"], front: ["lesion"], hidden: ["lesion"] };
    expect(look()).toMatchObject({ ...renamed, colors: expect.arrayContaining(["lesion"]) });
    definitionSaved();
    open(edited);
    expect(look()).toMatchObject({ ...renamed, colors: expect.arrayContaining(["lesion"]) });
  });

  test("has no dataset in common with one that was closed", () => {
    caseClosed();
    open(abdomen());
    expect(look()).toEqual(ANEW);
  });

  test("starts anew where another definition is opened for the open case", () => {
    definitionOpened(abdomen());
    expect(look()).toEqual(SET);
    definitionOpened(spine());
    expect(look()).toEqual({ ...ANEW, window: 1500, plane: "sagittal" });
  });

  test("has the user's own zoom where another definition is opened during a step", () => {
    componentVisited({ region: "liver", component: 0 }, [3, 4, 5], [0.1, 0.1, 0.1]);
    definitionOpened(spine());
    expect([state().view.zoom, state().planes.zoom]).toEqual([2, 5]);
  });

  test("without a definition is of the same dataset if it has the same regions", () => {
    open(null);
    setStyle("1", { opacity: 0.3 });
    open(null);
    expect(look().styles).toEqual(["1"]);
    open(abdomen());
    expect(look().styles).toEqual([]);
  });
});
