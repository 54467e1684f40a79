import { describe, expect, test } from "vitest";
import { decodeView, type EncodedView, encodeView, URL_KEYS } from "./url.ts";
import { DEFAULT_VIEW } from "./view-slice.ts";

const LINKED: EncodedView = {
  sample: "abdomen-regions",
  mode: "resize-segmentation",
  configuration: "3d_lowres",
  rowHeightPx: 220,
  showVanishing: true,
  view: {
    ...DEFAULT_VIEW,
    plane: "sagittal",
    voxel: [59, 47, 60],
    zoom: 2.5,
    panMm: [-12.25, 30],
    window: { level: -600, width: 1500 },
    fillOpacity: 0.6,
    outline: false,
    crosshair: false,
    drawFrom: "bit-packed",
  },
  hidden: ["kidneys, both", "spine"],
  solo: "adrenal & co",
  soloMore: ["spine", "a=b"],
  selected: "große Gefäße",
  selectedMore: ["spine"],
};

describe("view as an address", () => {
  test("comes back whole, through the text of the address", () => {
    const { view, ...rest } = LINKED;
    const { voxel, zoom, panMm, window, ...preferences } = view;
    const text = encodeView(LINKED).toString();
    expect(decodeView(new URLSearchParams(text))).toEqual({
      ...rest,
      voxel,
      zoom,
      panMm,
      window,
      view: preferences,
    });
  });

  test("says nothing of a case that a link could not open", () => {
    const { sample: _, ...own } = LINKED;
    const params = encodeView(own);
    for (const key of ["sample", "voxel", "zoom", "pan", "window", "hide", "solo", "selected"])
      expect(params.has(key)).toBe(false);
    expect(params.get("plane")).toBe("sagittal");
  });

  test("writes only keys that it owns", () => {
    for (const key of encodeView({ ...LINKED, phantomRegions: 31 }).keys()) expect(URL_KEYS).toContain(key);
  });

  test("an empty address asks for nothing", () => {
    expect(decodeView(new URLSearchParams())).toEqual({ view: {} });
  });

  test("what is malformed is as good as absent", () => {
    const text =
      "plane=oblique&mode=linear&voxel=1,2&zoom=-3&pan=a,b&window=40,0&opacity=7&rows=x&regions=0&from=gpu&vanish=yes";
    expect(decodeView(new URLSearchParams(text))).toEqual({ view: {} });
  });
});
