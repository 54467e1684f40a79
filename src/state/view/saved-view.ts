/** Saves the view to a file, and determines which parts of such a file fit the open case. Pure functions. */
import type { Rgb } from "../../base/oklab.ts";
import { IN_NO_REGION } from "../../domain/dataset/region-set.ts";
import { type Grid, sameGrid } from "../../domain/geometry/grid.ts";
import { liesInSlice } from "../../domain/geometry/lies-in-slice.ts";
import { FIELD_LIST, type FileFields, type LinkedView } from "../../domain/view/fields.ts";
import { placeInFile, type SavedView, VIEW_SCHEMA } from "../../domain/view/saved-view.ts";
import type { AwaitedFile } from "../../domain/view/view-values.ts";
import { usualStyle } from "../../domain/view/view-values.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { comparedFile } from "../case/compared-file.ts";
import { selectPatch, selectShownScales } from "../case/shown-patch.ts";
import { selectAllRows } from "../regions/region-rows.ts";
import { selectionOf, soloOf } from "../regions/selected-regions.ts";
import * as rulerSlice from "../slices/ruler-slice.ts";
import { clampVoxel } from "../slices/view-slice.ts";
import { changeBy, chosenFields, fieldsOf } from "./field-values.ts";
import { rgbOf } from "./url.ts";

/** Null without a case. */
export function savedViewOf(s: AppState): SavedView | null {
  if (!s.openCase) return null;
  const { shape, toWorld } = sourceGrid(s.openCase.source);
  const patch = selectPatch(s);
  const fields = fileFieldsOf(s);
  return {
    schema: VIEW_SCHEMA,
    case: { name: s.openCase.name, shape, toWorld: [...toWorld] },
    configuration: s.plans ? s.configuration : null,
    reader: s.openCase.geometry?.reader ?? null,
    ...fields,
    compare: { ...fields.compare, file: comparedFile(s)?.name ?? null },
    patch: patch ? { origin: patch.origin, size: s.patchSettings.size } : null,
    regions: selectAllRows(s).map(({ name, hex, inNoRegion }) => ({
      name,
      color: hex,
      hidden: s.hidden.has(name),
      ...(s.styles.get(name) ?? usualStyle(inNoRegion)),
    })),
  };
}

function fileFieldsOf(s: AppState): FileFields {
  const values: LinkedView = fieldsOf(s);
  const file: Record<string, unknown> = {};
  for (const [key, row] of FIELD_LIST) {
    const place = placeInFile(key, row);
    if (!place) continue;
    const [group, name] = place;
    const value = values[key];
    const inFile = value instanceof Set ? [...value] : value;
    if (group === null) file[name] = inFile;
    else file[group] = { ...Object(file[group]), [name]: inFile };
  }
  // A loop over the table loses the types of its rows.
  return file as unknown as FileFields;
}

/** The fields of a file, with state values. */
function fieldsIn(saved: SavedView): LinkedView {
  const found: Record<string, unknown> = {};
  for (const [key, row] of FIELD_LIST) {
    const place = placeInFile(key, row);
    if (!place) continue;
    const [group, name] = place;
    const from: unknown = group === null ? saved : Reflect.get(saved, group);
    const value: unknown = typeof from === "object" && from !== null ? Reflect.get(from, name) : undefined;
    found[key] = Array.isArray(value) && row.default instanceof Set ? new Set(value) : value;
  }
  return found;
}

interface FittingView {
  /** Changes of the store. */
  readonly change: Partial<AppState>;
  /** True if the change includes fields that belong to a position in the case. */
  readonly placed: boolean;
  /** Sentences on what does not fit. */
  readonly notices: readonly string[];
}

const MAX_NAMED = 5;

/** What a view calls the row of labels in no region. */
const NO_REGION = new RegExp(`^${IN_NO_REGION}(?: \\d+)?$`);

/** @param file name of the view file, for the sentences */
export function fittingView(s: AppState, saved: SavedView, file: string): FittingView {
  const { openCase } = s;
  if (!openCase) return { change: {}, placed: false, notices: [] };
  const grid = sourceGrid(openCase.source);
  const placed = sameGrid(grid, saved.case);
  // Compares with the colours that the file's colour source gives; any other colour was chosen by the user.
  const rows = selectAllRows({ ...s, fileColors: saved.fileColors });
  const known = new Map(rows.map((row) => [row.name, row]));
  const there = saved.regions.filter(({ name }) => known.has(name));
  const last = saved.regions.at(-1);
  // Labels in no region come last, under a name that no region has, and are none.
  const noRegion = last && NO_REGION.test(last.name) ? last : null;
  const missing = saved.regions
    .filter((region) => region !== noRegion && !known.has(region.name))
    .map(({ name }) => name);
  const scales = selectShownScales(s).length;
  const hasScale = saved.paneScale < Math.max(1, scales);
  const compared = compareOf(s, saved.compare, scales);
  const thereOf = (names: readonly (string | null)[]) =>
    names.filter((name) => name !== null && known.has(name)).map(String);
  const change = changeBy(
    chosenFields(
      fieldsIn(saved),
      ({ scope, targets }) => !targets && (scope === "any case" || (placed && scope === "same grid")),
    ),
    s.view,
  );
  const colors = there.flatMap(({ name, color }): [string, Rgb][] => {
    const rgb = rgbOf(color.slice(1));
    return rgb && known.get(name)?.hex !== color.toLowerCase() ? [[name, rgb]] : [];
  });
  const notices = [
    ...caseNotice(saved, openCase.name, grid, placed),
    ...(missing.length > 0 ? [`this case has no region ${listed(missing)}, as the view has`] : []),
    ...(hasScale ? [] : [`it shows scale ${saved.paneScale}, and this case has none; scale 0 is shown`]),
    ...(saved.configuration !== null && !hasConfiguration(s, saved.configuration)
      ? [`the plans have no configuration "${saved.configuration}"`]
      : []),
    ...compared.notices,
  ].map((sentence) => `${file}: ${sentence}.`);
  return {
    placed,
    notices,
    change: {
      ...change,
      sliceScale: hasScale ? saved.paneScale : 0,
      ...compared.change,
      ...(placed
        ? { ...rulerSlice.PER_GRID, rulers: saved.rulers.filter((ruler) => liesInSlice(grid, ruler)) }
        : {}),
      view: {
        ...change.view,
        voxel: clampVoxel(change.view.voxel, grid.shape),
        // Masks have no palette, so keep drawing from words.
        drawFrom: openCase.source.kind === "masks" ? s.view.drawFrom : change.view.drawFrom,
      },
      styles: new Map(
        there
          .filter(({ name, drawing, opacity }) => {
            const usual = usualStyle(known.get(name)?.inNoRegion ?? false);
            return drawing !== usual.drawing || opacity !== usual.opacity;
          })
          .map(({ name, drawing, opacity }) => [name, { drawing, opacity }]),
      ),
      chosenColors: new Map([...s.chosenColors, ...colors]),
      frontRegions: saved.raised.filter((name) => known.has(name)),
      hidden: new Set(there.filter(({ hidden }) => hidden).map(({ name }) => name)),
      ...soloOf(thereOf([saved.solo, ...saved.soloMore])),
      ...selectionOf(thereOf([saved.selected, ...saved.selectedMore])),
      highlighted: [],
    },
  };
}

/** The settings of Compare; requests a file that the view names and that is not open. */
function compareOf(s: AppState, { kind, scale, file }: SavedView["compare"], scales: number) {
  const awaits: AwaitedFile | null =
    file !== null && (kind === "definition" || kind === "file") ? { kind, name: file } : null;
  const open =
    kind === "file" ? s.secondLabels?.name : kind === "definition" ? s.otherDefinition?.title : null;
  const last = Math.max(0, scales - 1);
  return {
    change: {
      compareScale: Math.min(scale, last),
      compareAwaits: awaits,
    },
    notices: [
      ...(awaits && open !== file
        ? [
            `it compares with ${file}, which a view does not hold: ${
              kind === "file" ? "load it in Compare as label file B" : "choose it in Compare"
            }`,
          ]
        : []),
      ...(kind === "scale" && scale > last
        ? [`it compares with scale ${scale}, and this case has none`]
        : []),
    ],
  };
}

export function hasConfiguration({ plans }: AppState, name: string): boolean {
  return plans?.configurations.some((entry) => entry.name === name) ?? false;
}

function caseNotice(saved: SavedView, name: string, { shape }: Grid, placed: boolean): string[] {
  const from = `it was saved for ${saved.case.name}`;
  if (placed) {
    return saved.case.name === name
      ? []
      : [`${from}, which lies on the same grid as ${name}; all of it is applied`];
  }
  const sizes = `${saved.case.shape.join(" × ")}, not ${shape.join(" × ")} voxels as here, or elsewhere in space`;
  return [
    `${from} on another grid (${sizes}), so crosshair, zoom, 3D camera, rulers and patch stay as they were`,
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).join(", ");
  return names.length > MAX_NAMED ? `${shown} and ${names.length - MAX_NAMED} more` : shown;
}
