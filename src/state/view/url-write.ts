/** Keeps the page's address in sync with the view. */
import type { Rgb } from "../../base/oklab.ts";
import { hexFromRgb } from "../../domain/colors/region-colors.ts";
import { FIELD_LIST, FIELDS, type LinkedView } from "../../domain/view/fields.ts";
import type { PatchSettings } from "../../domain/view/view-values.ts";
import type { AppState } from "../app-state.ts";
import { selectRegionSet } from "../case/case-selectors.ts";
import { comparedFile } from "../case/compared-file.ts";
import { selectPatch } from "../case/shown-patch.ts";
import { selectAllRows, selectUsualColors } from "../regions/region-rows.ts";
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

/** Without what is set by the names of regions that the case does not have. */
function ofThisCase(fields: LinkedView, names: ReadonlySet<string>): LinkedView {
  const known = (value: unknown): unknown => {
    if (value instanceof Map) return new Map([...value].filter(([name]) => names.has(name)));
    if (value instanceof Set) return new Set([...value].filter((name) => names.has(name)));
    if (Array.isArray(value)) return value.filter((name) => names.has(name));
    return names.has(String(value)) ? value : null;
  };
  return Object.fromEntries(
    FIELD_LIST.map(([key, row]) => [key, row.scope === "named region" ? known(fields[key]) : fields[key]]),
  );
}

/** Updates the page's address to the current view; does nothing without a case. */
export function writeUrl(s: AppState): void {
  if (!s.openCase) return;
  const params = new URLSearchParams(location.search);
  for (const key of URL_KEYS) params.delete(key);
  const sample = s.openCase.sampleId;
  const encoded = encodeView({
    ...ofThisCase(fieldsOf(s), new Set(selectAllRows(s).map(({ name }) => name))),
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
