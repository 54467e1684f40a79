/** The page's address, kept to what is shown. */
import type { Rgb } from "../../base/oklab.ts";
import { hexFromRgb } from "../../domain/colors/region-colors.ts";
import type { AppState } from "../app-state.ts";
import { selectRegionSet } from "../case/case-selectors.ts";
import { comparedFile } from "../case/compared-file.ts";
import { selectPatch } from "../case/shown-patch.ts";
import { selectUsualColors } from "../regions/region-rows.ts";
import { encodeView, URL_KEYS } from "./url-encode.ts";

function patchOf(s: AppState) {
  const patch = selectPatch(s);
  if (!patch) return {};
  return { patchOrigin: patch.origin, ...(s.patchWish.size ? { patchSize: s.patchWish.size } : {}) };
}

/** Colours that are not what the region would have anyway. */
function ownColors(s: AppState): ReadonlyMap<string, Rgb> {
  const regions = selectRegionSet(s)?.regions ?? [];
  const usual = selectUsualColors(s).map(hexFromRgb);
  return new Map(
    regions.flatMap(({ name }, i) => {
      const color = s.chosenColors.get(name);
      return color && hexFromRgb(color) !== usual[i] ? [[name, color] as const] : [];
    }),
  );
}

/** Makes the page's address say what is shown; does nothing without a case. */
export function writeUrl(s: AppState): void {
  if (!s.openCase) return;
  const params = new URLSearchParams(location.search);
  for (const key of URL_KEYS) params.delete(key);
  const sample = s.openCase.sampleId;
  const awaited = comparedFile(s);
  const encoded = encodeView({
    ...(sample ? { sample } : {}),
    ...(sample === "synthetic" ? { phantomRegions: selectRegionSet(s)?.regions.length ?? 0 } : {}),
    centre: s.centre,
    mode: s.mode,
    ...(s.configuration && s.plans && s.plans.configurations.length > 1
      ? { configuration: s.configuration }
      : {}),
    trainer: s.trainer,
    ...(s.openCase.geometry?.chosen ? { reader: s.openCase.geometry.chosen } : {}),
    ...(s.rowHeightPx === null ? {} : { rowHeightPx: s.rowHeightPx }),
    showVanishing: s.showVanishing,
    view: s.view,
    layouts: s,
    hidden: [...s.hidden],
    ...(s.solo === null ? {} : { solo: s.solo, soloMore: [...s.soloMore] }),
    ...(s.selectedRegion === null ? {} : { selected: s.selectedRegion, selectedMore: [...s.selectedMore] }),
    ...patchOf(s),
    paneScale: s.paneScale,
    split: s.split,
    showLost: s.showLost,
    outlinePx: s.outlinePx,
    ...(s.maximised ? { maximised: s.maximised } : {}),
    ...(s.camera ? { camera: s.camera } : {}),
    solidCut: s.solidCut,
    colorBy: s.colorBy,
    fileColors: s.fileColors,
    planes: s.planes,
    styles: s.styles,
    raised: s.raised,
    colors: ownColors(s),
    ...(s.pooling === null ? {} : { pooling: s.pooling }),
    ...(awaited ? { compareAwaits: awaited } : {}),
  });
  for (const [key, value] of encoded) params.append(key, value);
  history.replaceState(null, "", `${location.pathname}?${params}${location.hash}`);
}
