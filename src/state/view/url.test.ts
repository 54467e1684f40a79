/** Tests addresses of views: reading, writing, and both in sequence. */
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { changedView, randomView, valueText } from "../../domain/testing/random-view.ts";
import { FIELD_LIST, isOfAnyCase, type LinkedView } from "../../domain/view/fields.ts";
import { MIN_WINDOW } from "../../domain/view/view-values.ts";
import { decodeView } from "./url.ts";
import { encodeView, URL_KEYS } from "./url-encode.ts";

const NAMES = ["liver", "a,b", "50% & more = #1", "große Gefäße", " lead"];

/** Every field that addresses have, with a value that is not the default. */
const LINKED: LinkedView = {
  ...inAddresses(changedView(randomFrom(1), NAMES)),
  sample: "abdomen-regions",
  configuration: "3d_lowres",
  reader: "NibabelIOWithReorient",
  plane: "sagittal",
  convention: "neurological",
  voxel: [59, 47, 60],
  zoom: 2.5,
  panMm: [-12.25, 30],
  window: { level: -600, width: 1500 },
  fillOpacity: 0.6,
  lightboxTiles: 40,
  compareKind: "file",
  compareAwaits: { kind: "file", name: "second & better, final.nii.gz" },
  planes: { zoom: 1.953125, pans: { axial: [0, 0], coronal: [-3.5, 12.25], sagittal: [1, -1] } },
  camera: { rotation: [0, 0.6, 0, 0.8], focusMm: [10, -20.5, 900], spanMm: 350 },
  styles: new Map([["kidneys, both", { drawing: "hatch", opacity: 0.35 }]]),
  frontRegions: ["spine", "große Gefäße"],
  chosenColors: new Map([["kidneys, both", [1, 0, 0.2]]]),
  hidden: new Set(["kidneys, both", "spine"]),
  solo: "adrenal & co",
  soloMore: new Set(["spine", "a=b"]),
  selectedRegion: "große Gefäße",
  selectedMore: new Set(["spine"]),
};

/** Every field with its default. */
const QUIET: LinkedView = Object.fromEntries(FIELD_LIST.map(([key, row]) => [key, row.default]));

function inAddresses(view: LinkedView): LinkedView {
  return Object.fromEntries(
    FIELD_LIST.filter(([, { address }]) => address !== null).map(([key]) => [key, view[key]]),
  );
}

describe("a view in an address", () => {
  test("is read back completely from the text of the address", () => {
    const text = encodeView(LINKED).toString();
    expect(decodeView(new URLSearchParams(text))).toEqual(LINKED);
  });

  test("has every field", () => {
    for (const [key, { address }] of FIELD_LIST) expect(address, key).not.toBeNull();
    for (const [key, row] of FIELD_LIST)
      if (key in LINKED) expect(valueText(LINKED[key]), key).not.toBe(valueText(row.default));
  });

  test("is read back for any state", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const state = inAddresses({ ...randomView(randomFrom(seed), NAMES), sample: "abdomen-regions" });
      const found = decodeView(new URLSearchParams(encodeView(state).toString()));
      for (const [key, row] of FIELD_LIST) {
        const value = state[key];
        const isWritten = row.always || valueText(value) !== valueText(row.default);
        if (isWritten) expect(found[key], `${key}, seed ${seed}`).toEqual(value);
        else expect(found[key], key).toBeUndefined();
      }
    }
  });

  test("omits defaults", () => {
    const keys = [...encodeView({ ...QUIET, sample: "spine-regions" }).keys()];
    expect(keys).toEqual(["sample", "plane", "opacity", "conv", "voxel", "window"]);
  });

  test("omits the fields of a case that a link could not open", () => {
    const { sample: _, ...own } = LINKED;
    const params = encodeView(own);
    const names = ["hide", "solo", "selected", "style", "raise", "color"];
    for (const key of ["sample", "bfile", "voxel", "zoom", "pan", "pzoom", "pans", "cam", "window", ...names])
      expect(params.has(key)).toBe(false);
    expect(params.get("plane")).toBe("sagittal");
    expect([params.get("against"), params.get("tiles")]).toEqual(["file", "40"]);
    for (const [key, row] of FIELD_LIST)
      if (row.address !== null && key !== "sample")
        expect(params.has(row.address), key).toBe(isOfAnyCase(row));
  });

  test("writes only its own parameters", () => {
    for (const key of encodeView({ ...LINKED, phantomRegions: 31 }).keys()) expect(URL_KEYS).toContain(key);
  });

  test("has one parameter a ruler, exact to the millionth of a voxel, in the order of their list", () => {
    const rulers: LinkedView["rulers"] = [
      { plane: "coronal", from: [10.25, 47, 60.1234567], to: [20, 47, -0.5] },
      { plane: "axial", from: [3, 1, 2], to: [3, 4, 5] },
    ];
    const written = encodeView({ sample: "abdomen-regions", rulers });
    expect(written.getAll("ruler")).toEqual(["coronal,10.25,47,60.123457,20,47,-0.5", "axial,3,1,2,3,4,5"]);
    const broken = ["axial,1,2,3,4,5", "axial,1,2,3,4,5,x", "oblique,1,2,3,4,5,6", "axial"];
    for (const text of broken) written.append("ruler", text);
    expect(decodeView(written).rulers?.map(({ plane }) => plane)).toEqual(["coronal", "axial"]);
    expect(decodeView(new URLSearchParams(broken.map((text) => ["ruler", text]))).rulers).toBeUndefined();
  });

  test("names a file only for a comparison that needs one", () => {
    const of = (text: string) => decodeView(new URLSearchParams(text)).compareAwaits;
    expect(of("against=definition&bfile=other.json")).toEqual({ kind: "definition", name: "other.json" });
    expect(of("against=mode&bfile=other.json")).toBeUndefined();
    expect(of("against=file&bfile=")).toBeUndefined();
  });

  test("keeps the narrowest window", () => {
    const window = { level: 0.000002, width: MIN_WINDOW };
    expect(decodeView(encodeView({ sample: "abdomen-regions", window })).window).toEqual(window);
  });

  test("always writes the convention, because a browser may remember another", () => {
    for (const convention of ["radiological", "neurological"] as const) {
      expect(decodeView(encodeView({ ...QUIET, convention })).convention).toBe(convention);
    }
  });

  test("is empty for an empty address", () => {
    expect(decodeView(new URLSearchParams())).toEqual({});
  });

  test("ignores malformed parameters", () => {
    const text =
      "plane=oblique&mode=linear&trainer=nnUNetTrainer&voxel=1,2&zoom=-3&pan=a,b&window=40,0&opacity=7&rows=x&regions=0&from=gpu&vanish=yes" +
      "&conv=x&pscale=1.5&pzoom=0&pans=1,2,3&max=left&split=0.5&lost=2&line=0&cut=half&by=voxel&palette=no&cam=0,0,0,0,1,2,3,4" +
      "&style=dots,1,liver&style=fill,2,liver&style=fill,1&color=red,liver&color=ff0000&raise=" +
      "&tiles=0&lightbox=some&reader=itk&against=nothing&bscale=-1&stripes=yes&bfile=a.nii";
    expect(decodeView(new URLSearchParams(text))).toEqual({});
  });
});
