/** Reads the view from an address; pure functions. `url-encode.ts`, which loads later, writes it. */
import type { Rgb } from "../../base/oklab.ts";
import { cameraFrom } from "../../domain/geometry/camera.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import { FIELD_LIST, type Kind, type LinkedView } from "../../domain/view/fields.ts";
import {
  type AwaitedFile,
  DRAWINGS,
  MAX_ZOOM,
  MIN_ZOOM,
  type PatchSettings,
  PLANES,
  type PlanesView,
  type RegionStyle,
  type WindowLevel,
} from "../../domain/view/view-values.ts";

/** Reads an address; malformed parameters are left out, and `unread-parameters.ts` says so. */
export function decodeView(params: URLSearchParams): LinkedView {
  const found: Record<string, unknown> = {};
  for (const [key, { kind, address }] of FIELD_LIST) {
    const value = address === null ? null : readField(kind, params, address);
    if (value !== null) found[key] = value;
  }
  return found;
}

/** Null if the address does not contain a valid value. */
export function readField(kind: Kind, params: URLSearchParams, address: string): NonNullable<unknown> | null {
  const text = params.get(address);
  const names = params.getAll(address).filter((name) => name !== "");
  switch (kind.type) {
    case "flag":
      return flag(text, kind.inverse ?? false);
    case "choice":
      return kind.values.find((value) => (kind.letters?.[value] ?? value) === text) ?? null;
    case "number":
      return numbers(text, 1, kind.min, kind.max)?.find((n) => !kind.whole || Number.isInteger(n)) ?? null;
    case "pair":
      return numbers(text, 2, kind.min, kind.max);
    case "text":
      return text || null;
    case "voxel":
      return numbers(text, 3);
    case "window":
      return windowLevel(numbers(text, 2));
    case "planes":
      return planesOf(text, params.get(kind.pans));
    case "camera":
      return cameraFrom(text ?? "");
    case "patch":
      return patchOf(text, params.get(kind.size));
    case "awaited file":
      return awaited(params.get(kind.comparison), text);
    case "rulers":
      return someOf(names, rulerOf);
    case "names":
      return names.length > 0 ? names : null;
    case "name set":
      return names.length > 0 ? new Set(names) : null;
    case "first name":
      return names[0] ?? null;
    case "other names":
      return names.length > 1 ? new Set(names.slice(1)) : null;
    case "styles":
      return named(names, 2, styleOf);
    case "colors":
      return named(names, 1, ([hex]) => rgbOf(hex ?? ""));
  }
}

/** The values of the texts that have one; null if none does. */
function someOf<V>(texts: readonly string[], value: (text: string) => V | null): readonly V[] | null {
  const found = texts.map(value).filter((each) => each !== null);
  return found.length > 0 ? found : null;
}

/** A plane and the voxel coordinates of both ends. */
function rulerOf(text: string): Ruler | null {
  const [name, ...ends] = text.split(",");
  const plane = PLANES.find((value) => value === name);
  const found = numbers(ends.join(), 6);
  if (!plane || !found) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = found;
  return { plane, from: [a, b, c], to: [d, e, f] };
}

function flag(text: string | null, isInverse: boolean): boolean | null {
  return text === "0" ? isInverse : text === "1" ? !isInverse : null;
}

/** Exactly `count` numbers within the limits; null otherwise. */
function numbers(
  text: string | null,
  count: number,
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): number[] | null {
  if (!text) return null;
  const values = text.split(",").map(Number);
  const fit = values.every((n) => Number.isFinite(n) && n >= min && n <= max);
  return values.length === count && fit ? values : null;
}

/** Pans are right and down for axial, coronal and sagittal, in this order. */
function planesOf(zoomText: string | null, pansText: string | null): PlanesView | null {
  const zoom = numbers(zoomText, 1, MIN_ZOOM, MAX_ZOOM)?.[0];
  const pans = numbers(pansText, 6);
  if (zoom === undefined && !pans) return null;
  const pan = (at: number) => [pans?.[at] ?? 0, pans?.[at + 1] ?? 0] as const;
  return { zoom: zoom ?? 1, pans: { axial: pan(0), coronal: pan(2), sagittal: pan(4) } };
}

/** Parses texts of `count` values and a name, which may itself contain commas. */
function named<V>(
  texts: readonly string[],
  count: number,
  value: (values: readonly string[]) => V | null,
): ReadonlyMap<string, V> | null {
  const found = new Map<string, V>();
  for (const text of texts) {
    const parts = text.split(",");
    const [name, read] = [parts.slice(count).join(","), value(parts.slice(0, count))];
    if (name !== "" && read !== null) found.set(name, read);
  }
  return found.size > 0 ? found : null;
}

function styleOf([drawing = "", opacityText = ""]: readonly string[]): RegionStyle | null {
  const known = DRAWINGS.find((value) => value === drawing);
  const opacity = numbers(opacityText, 1, 0, 1)?.[0];
  return known && opacity !== undefined ? { drawing: known, opacity } : null;
}

/** Parses six hexadecimal digits. */
export function rgbOf(hex: string): Rgb | null {
  if (!/^[0-9a-f]{6}$/i.test(hex)) return null;
  const n = Number.parseInt(hex, 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

function awaited(kind: string | null, name: string | null): AwaitedFile | null {
  return name && (kind === "definition" || kind === "file") ? { kind, name } : null;
}

/** Origin of a training patch, and its size if it differs from the plans'. */
function patchOf(originText: string | null, sizeText: string | null): PatchSettings | null {
  const origin = wholeTriple(numbers(originText, 3));
  return origin && { on: true, origin, size: wholeTriple(numbers(sizeText, 3, 1)) };
}

function wholeTriple(values: number[] | null): Triple | null {
  return values?.every(Number.isInteger) ? [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0] : null;
}

function windowLevel(values: number[] | null): WindowLevel | null {
  const width = values?.[1] ?? 0;
  return values && width > 0 ? { level: values[0] ?? 0, width } : null;
}
