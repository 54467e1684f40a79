/**
 * Writes the view into an address; pure functions. View preferences are always written; fields of one case
 * (crosshair, names of regions) only for bundled samples, because a link cannot open a user's own files.
 */
import type { Rgb } from "../../base/oklab.ts";
import { hexFromRgb } from "../../domain/colors/region-colors.ts";
import { type Camera, cameraText } from "../../domain/geometry/camera.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import {
  COARSE,
  FIELD_LIST,
  FINE,
  type Field,
  isOfAnyCase,
  type Kind,
  type LinkedView,
} from "../../domain/view/fields.ts";
import {
  type AwaitedFile,
  type PatchSettings,
  PLANES,
  type PlanesView,
  type RegionStyle,
  type WindowLevel,
} from "../../domain/view/view-values.ts";

/** Address parameters that this codec owns; it leaves others alone. */
export const URL_KEYS: readonly string[] = [...new Set(FIELD_LIST.flatMap(([, row]) => namesOf(row)))];

function namesOf({ address, kind }: Field): readonly string[] {
  if (address === null) return [];
  if (kind.type === "planes") return [address, kind.pans];
  return kind.type === "patch" ? [address, kind.size] : [address];
}

export function encodeView(view: LinkedView): URLSearchParams {
  const out = new URLSearchParams();
  for (const [key, row] of FIELD_LIST) {
    const value: unknown = view[key];
    if (value === undefined || row.address === null || !(view.sample || isOfAnyCase(row))) continue;
    const usual = row.always ? [] : written(row.kind, row.address, row.default).map(String);
    for (const [name, text] of written(row.kind, row.address, value))
      if (!usual.includes(String([name, text]))) out.append(name, text);
  }
  return out;
}

type Entry = readonly [name: string, text: string];

/** @param value of the type that `ValueOf` gives for the kind */
function written(kind: Kind, name: string, value: unknown): readonly Entry[] {
  if (value === null) return [];
  switch (kind.type) {
    case "flag":
      return [[name, value === (kind.inverse ?? false) ? "0" : "1"]];
    case "choice":
      return [[name, kind.letters?.[value as string] ?? (value as string)]];
    case "number":
      return [[name, rounded(value as number, kind.digits)]];
    case "pair":
      return [[name, (value as readonly number[]).map((n) => rounded(n, kind.digits)).join(",")]];
    case "text":
    case "first name":
      return [[name, value as string]];
    case "voxel":
      return [[name, (value as Triple).join(",")]];
    case "window": {
      const { level, width } = value as WindowLevel;
      // A narrow window would be rounded to one without width.
      const digits = width < 1 ? FINE : COARSE;
      return [[name, `${rounded(level, digits)},${rounded(width, digits)}`]];
    }
    case "planes": {
      const { zoom, pans } = value as PlanesView;
      const all = PLANES.flatMap((plane) => pans[plane]).map((mm) => rounded(mm, FINE));
      return [
        [name, rounded(zoom, FINE)],
        [kind.pans, all.join(",")],
      ];
    }
    case "camera":
      return [[name, cameraText(value as Camera)]];
    case "patch": {
      const { on, origin, size } = value as PatchSettings;
      if (!on || !origin) return [];
      return [[name, origin.join(",")], ...(size ? [[kind.size, size.join(",")] as const] : [])];
    }
    case "awaited file":
      return [[name, (value as AwaitedFile).name]];
    case "rulers":
      return (value as readonly Ruler[]).map(({ plane, from, to }) => [
        name,
        [plane, ...[...from, ...to].map((n) => rounded(n, FINE))].join(","),
      ]);
    case "names":
    case "name set":
    case "other names":
      return [...(value as Iterable<string>)].map((each) => [name, each]);
    case "styles":
      return [...(value as ReadonlyMap<string, RegionStyle>)].map(([region, { drawing, opacity }]) => [
        name,
        `${drawing},${rounded(opacity, COARSE)},${region}`,
      ]);
    case "colors":
      return [...(value as ReadonlyMap<string, Rgb>)].map(([region, color]) => [
        name,
        `${hexFromRgb(color).slice(1)},${region}`,
      ]);
  }
}

function rounded(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
