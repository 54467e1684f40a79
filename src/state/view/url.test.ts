/** Tests addresses of views: reading, writing, and both in sequence. */
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../base/random.ts";
import type { Convention, Plane } from "../../domain/geometry/grid.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { TRAINERS } from "../../domain/targets/deep-supervision.ts";
import { DEFAULT_VIEW, type LinkedView } from "../../domain/view/fields.ts";
import type { ClipMode } from "../../domain/view/view-values.ts";
import { type RegionDrawing, WHOLE_PLANES } from "../../domain/view/view-values.ts";
import { decodeView } from "./url.ts";
import { encodeView, URL_KEYS } from "./url-encode.ts";

const LINKED: LinkedView = {
  sample: "abdomen-regions",
  mode: "resize-segmentation",
  configuration: "3d_lowres",
  trainer: "no-deep-supervision",
  reader: "NibabelIOWithReorient",
  rowHeightPx: 220,
  showVanishing: true,
  plane: "sagittal",
  convention: "neurological",
  voxel: [59, 47, 60],
  zoom: 2.5,
  panMm: [-12.25, 30],
  window: { level: -600, width: 1500 },
  fillOpacity: 0.6,
  outline: false,
  crosshair: false,
  drawFrom: "bit-packed",
  lightboxTiles: 40,
  lightboxShows: "all",
  compareKind: "file",
  compareScale: 3,
  compareStripes: false,
  compareAwaits: { kind: "file", name: "second & better, final.nii.gz" },
  sliceScale: 2,
  maximised: "solid",
  split: [0.3, 0.75],
  showDifference: true,
  outlinePx: 3,
  clipMode: "octant",
  colorBy: "label",
  fileColors: false,
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

const QUIET: LinkedView = {
  ...DEFAULT_VIEW,
  trainer: "default",
  lightboxTiles: 24,
  lightboxShows: "selected",
  compareKind: "scale",
  compareScale: 1,
  compareStripes: true,
  sliceScale: 0,
  split: [0.5, 0.5],
  showDifference: false,
  outlinePx: 1,
  clipMode: "none",
  fileColors: true,
  planes: WHOLE_PLANES,
  styles: new Map(),
  frontRegions: [],
  chosenColors: new Map(),
};
/** State that an address does not contain. */
const DEFAULT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(QUIET).map(([key, value]) => [key, asText(value)]),
);

/** Parameters in every address of a sample. */
const ALWAYS = ["plane", "fillOpacity", "convention", "voxel", "window"];

function asText(value: unknown): string {
  return JSON.stringify(value instanceof Map ? [...value] : value);
}

function randomState(seed: number): LinkedView {
  const random = randomFrom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const number = (low: number, high: number) => Number((low + random() * (high - low)).toFixed(3));
  const one = <T>(of: readonly [T, ...T[]]): T => of[below(of.length)] ?? of[0];
  const pan = () => [number(-300, 300), number(-300, 300)] as const;
  const names = ["liver", "a,b", "50% & more = #1", "große Gefäße", " lead"].filter(() => random() < 0.4);
  const style = () => ({
    drawing: one<RegionDrawing>(["both", "fill", "outline", "hatch"]),
    opacity: number(0, 1),
  });
  const color = () => [below(256) / 255, below(256) / 255, below(256) / 255] as const;
  const maximised = one([null, "axial", "solid"] as const);
  return {
    sample: "abdomen-regions",
    reader: one<Reader>(["SimpleITKIO", "NibabelIO", "NibabelIOWithReorient"]),
    ...DEFAULT_VIEW,
    plane: one<Plane>(["axial", "coronal", "sagittal"]),
    convention: one<Convention>(["radiological", "neurological"]),
    fillOpacity: number(0, 1),
    voxel: [below(100), below(100), below(100)],
    lightboxTiles: 1 + below(80),
    lightboxShows: one(["selected", "all"] as const),
    compareKind: one(["scale", "mode", "definition", "file"] as const),
    compareScale: below(5),
    compareStripes: random() < 0.5,
    trainer: one(TRAINERS),
    sliceScale: below(5),
    ...(maximised ? { maximised } : {}),
    split: [number(0.15, 0.85), number(0.15, 0.85)],
    showDifference: random() < 0.5,
    outlinePx: 1 + below(6),
    clipMode: one<ClipMode>(["none", "octant", "axial"]),
    fileColors: random() < 0.5,
    planes: { zoom: number(1, 40), pans: { axial: pan(), coronal: pan(), sagittal: pan() } },
    styles: new Map(names.map((name) => [name, style()])),
    frontRegions: names.toReversed(),
    chosenColors: new Map(names.map((name) => [name, color()])),
  };
}

describe("view as an address", () => {
  test("comes back whole, through the text of the address", () => {
    const text = encodeView(LINKED).toString();
    expect(decodeView(new URLSearchParams(text))).toEqual(LINKED);
  });

  test("any state comes back", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const state = randomState(seed);
      const found = decodeView(new URLSearchParams(encodeView(state).toString()));
      for (const [key, value] of Object.entries(state)) {
        const usual = ALWAYS.includes(key) ? undefined : DEFAULT[key];
        const read: unknown = Reflect.get(found, key);
        if (usual !== undefined && asText(value) === usual) expect(read, key).toBeUndefined();
        else expect(read, `${key}, seed ${seed}`).toEqual(value);
      }
    }
  });

  test("what is usual is not written", () => {
    const keys = [...encodeView({ ...QUIET, sample: "spine-regions" }).keys()];
    expect(keys).toEqual(["sample", "plane", "opacity", "conv", "voxel", "window"]);
  });

  test("says nothing of a case that a link could not open", () => {
    const { sample: _, ...own } = LINKED;
    const params = encodeView(own);
    const names = ["hide", "solo", "selected", "style", "raise", "color"];
    for (const key of ["sample", "bfile", "voxel", "zoom", "pan", "pzoom", "pans", "cam", "window", ...names])
      expect(params.has(key)).toBe(false);
    expect(params.get("plane")).toBe("sagittal");
    expect([params.get("against"), params.get("tiles")]).toEqual(["file", "40"]);
  });

  test("writes only keys that it owns", () => {
    for (const key of encodeView({ ...LINKED, phantomRegions: 31 }).keys()) expect(URL_KEYS).toContain(key);
  });

  test("names a file only for a comparison that needs one", () => {
    const of = (text: string) => decodeView(new URLSearchParams(text)).compareAwaits;
    expect(of("against=definition&bfile=other.json")).toEqual({ kind: "definition", name: "other.json" });
    expect(of("against=mode&bfile=other.json")).toBeUndefined();
    expect(of("against=file&bfile=")).toBeUndefined();
  });

  test("says the convention whichever it is: a browser may remember another", () => {
    for (const convention of ["radiological", "neurological"] as const) {
      expect(decodeView(encodeView({ ...QUIET, convention })).convention).toBe(convention);
    }
  });

  test("an empty address asks for nothing", () => {
    expect(decodeView(new URLSearchParams())).toEqual({});
  });

  test("what is malformed is as good as absent", () => {
    const text =
      "plane=oblique&mode=linear&trainer=nnUNetTrainer&voxel=1,2&zoom=-3&pan=a,b&window=40,0&opacity=7&rows=x&regions=0&from=gpu&vanish=yes" +
      "&conv=x&pscale=1.5&pzoom=0&pans=1,2,3&max=left&split=0.5&lost=2&line=0&cut=half&by=voxel&palette=no&cam=0,0,0,0,1,2,3,4" +
      "&style=dots,1,liver&style=fill,2,liver&style=fill,1&color=red,liver&color=ff0000&raise=" +
      "&tiles=0&lightbox=some&reader=itk&against=nothing&bscale=-1&stripes=yes&bfile=a.nii";
    expect(decodeView(new URLSearchParams(text))).toEqual({});
  });
});
