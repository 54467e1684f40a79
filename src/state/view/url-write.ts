/** Keeps the page's address in sync with the view. */
import type { Rgb } from "../../base/oklab.ts";
import { hexFromRgb } from "../../domain/colors/region-colors.ts";
import { FIELDS } from "../../domain/view/fields.ts";
import type { PatchSettings } from "../../domain/view/view-values.ts";
import type { AppState } from "../app-state.ts";
import { selectRegionSet } from "../case/case-selectors.ts";
import { comparedFile } from "../case/compared-file.ts";
import { selectPatch } from "../case/shown-patch.ts";
import { selectUsualColors } from "../regions/region-rows.ts";
import { fieldsOf } from "./field-values.ts";
import { encodeView, URL_KEYS } from "./url-encode.ts";

/** The shown patch, clamped to the case. */
function patchOf(s: AppState): PatchSettings {
  const patch = selectPatch(s);
  return patch ? { ...s.patchSettings, origin: patch.origin } : FIELDS.patchSettings.default;
}

/** Colours that differ from the region's default. */
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

/** Updates the page's address to the current view; does nothing without a case. */
export function writeUrl(s: AppState): void {
  if (!s.openCase) return;
  const params = new URLSearchParams(location.search);
  for (const key of URL_KEYS) params.delete(key);
  const sample = s.openCase.sampleId;
  const encoded = encodeView({
    ...fieldsOf(s),
    sample,
    phantomRegions: sample === "synthetic" ? selectRegionSet(s)?.regions.length || null : null,
    configuration: s.plans && s.plans.configurations.length > 1 ? s.configuration : null,
    reader: s.openCase.geometry?.chosen ?? null,
    patchSettings: patchOf(s),
    chosenColors: ownColors(s),
    compareAwaits: comparedFile(s),
  });
  for (const [key, value] of encoded) params.append(key, value);
  history.replaceState(null, "", `${location.pathname}?${params}${location.hash}`);
}
