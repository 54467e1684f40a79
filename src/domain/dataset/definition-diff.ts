/** Compares two definitions: which regions, labels and, for a case, voxels changed. */
import { isSame, labelSet } from "./label-sets.ts";
import type { Region, RegionSet } from "./region-set.ts";

/** The same region before and after, possibly renamed. */
interface RegionPair {
  readonly before: Region;
  readonly after: Region;
}

export interface DefinitionDiff {
  readonly added: readonly Region[];
  readonly removed: readonly Region[];
  /** Regions with a new name and the same labels. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Labels that regions present in both gained or lost, under the later name. */
  readonly changed: readonly {
    readonly region: string;
    readonly gained: readonly number[];
    readonly lost: readonly number[];
  }[];
  /** For each changed label, ascending, the regions that it left and joined. */
  readonly moved: readonly {
    readonly label: number;
    readonly left: readonly string[];
    readonly joined: readonly string[];
  }[];
  /** Changed entries of `regions_class_order`, for regions present in both, under the later name. */
  readonly order: readonly {
    readonly region: string;
    readonly from: number | null;
    readonly to: number | null;
  }[];
  /** True if the regions present in both are in a different order. */
  readonly resequenced: boolean;
  readonly trainsOn: { readonly from: RegionSet["trainsOn"]; readonly to: RegionSet["trainsOn"] } | null;
  /** True if nothing that affects training or prediction differs. */
  readonly same: boolean;
}

/** Compares two region sets, each from `regionSetFromDefinition`. */
export function diffDefinitions(before: RegionSet, after: RegionSet): DefinitionDiff {
  const pairs = pairRegions(before.regions, after.regions);
  const paired = new Set(pairs.flatMap((pair) => [pair.before, pair.after]));
  const added = after.regions.filter((r) => !paired.has(r));
  const removed = before.regions.filter((r) => !paired.has(r));
  const renamed = pairs
    .filter((pair) => pair.before.name !== pair.after.name)
    .map((pair) => ({ from: pair.before.name, to: pair.after.name }));
  const changed = pairs
    .map((pair) => ({
      region: pair.after.name,
      gained: missingFrom(pair.before, pair.after),
      lost: missingFrom(pair.after, pair.before),
    }))
    .filter(({ gained, lost }) => gained.length + lost.length > 0);
  const order = pairs
    .filter((pair) => pair.before.classOrder !== pair.after.classOrder)
    .map((pair) => ({ region: pair.after.name, from: pair.before.classOrder, to: pair.after.classOrder }));
  const places = pairs.map((pair) => before.regions.indexOf(pair.before));
  const resequenced = places.some((place, i) => i > 0 && place < (places[i - 1] ?? 0));
  const trainsOn = before.trainsOn === after.trainsOn ? null : { from: before.trainsOn, to: after.trainsOn };
  const moved = movedLabels([
    ...pairs,
    ...added.map((region) => ({ before: null, after: region })),
    ...removed.map((region) => ({ before: region, after: null })),
  ]);
  const nothing = [added, removed, renamed, changed, order].every((part) => part.length === 0);
  return {
    added,
    removed,
    renamed,
    changed,
    moved,
    order,
    resequenced,
    trainsOn,
    same: nothing && !resequenced && trainsOn === null,
  };
}

/**
 * Pairs regions in the later order: first by name, then the rest by equal labels. The ignore label pairs only
 * with itself.
 */
function pairRegions(before: readonly Region[], after: readonly Region[]): RegionPair[] {
  const byName = new Map(before.map((r) => [key(r), r]));
  const names = new Set(after.map(key));
  const left = before.filter((r) => !names.has(key(r)));
  return after.flatMap((region) => {
    const same = byName.get(key(region));
    if (same) return [{ before: same, after: region }];
    const at = left.findIndex((r) => r.ignore === region.ignore && r.labels.length > 0 && isSame(r, region));
    const [twin] = at < 0 ? [] : left.splice(at, 1);
    return twin ? [{ before: twin, after: region }] : [];
  });
}

const key = (region: Region) => `${region.ignore ? "!" : ""}${region.name}`;

/** The labels of `b` that `a` lacks, ascending. */
function missingFrom(a: Region, b: Region): number[] {
  const has = labelSet(a);
  return [...labelSet(b)].filter((label) => !has.has(label)).sort((x, y) => x - y);
}

function movedLabels(
  pairs: readonly { readonly before: Region | null; readonly after: Region | null }[],
): DefinitionDiff["moved"] {
  const moves = new Map<number, { label: number; left: string[]; joined: string[] }>();
  const moveOf = (label: number) => {
    const known = moves.get(label) ?? { label, left: [], joined: [] };
    moves.set(label, known);
    return known;
  };
  for (const { before, after } of pairs) {
    for (const label of before ? labelSet(before) : []) {
      if (before && !(after && labelSet(after).has(label))) moveOf(label).left.push(before.name);
    }
    for (const label of after ? labelSet(after) : []) {
      if (after && !(before && labelSet(before).has(label))) moveOf(label).joined.push(after.name);
    }
  }
  return [...moves.values()].sort((a, b) => a.label - b.label);
}

/** Voxels of a case that change membership. */
export interface VoxelDiff {
  /** Number of voxels that enter or leave at least one region. */
  readonly voxels: number;
  /** The values of those voxels, ascending; a viewer marks them by palette entry. */
  readonly labels: readonly number[];
  /** Only changed regions, under the later name, or the earlier name if removed. */
  readonly regions: readonly {
    readonly region: string;
    readonly gained: number;
    readonly lost: number;
  }[];
}

/**
 * Applies {@link DefinitionDiff.moved} to a label volume. Label -1 counts as 0, as in training.
 * @param labels values of the volume with their voxel counts
 */
export function diffVoxels(
  diff: DefinitionDiff,
  labels: readonly { readonly value: number; readonly voxels: number }[],
): VoxelDiff {
  const moves = new Map(diff.moved.map((move) => [move.label, move]));
  const regions = new Map<string, { region: string; gained: number; lost: number }>();
  const renamed = new Map(diff.renamed.map(({ from, to }) => [from, to]));
  const of = (name: string) => {
    const known = regions.get(name) ?? { region: name, gained: 0, lost: 0 };
    regions.set(name, known);
    return known;
  };
  const touched: number[] = [];
  let total = 0;
  for (const { value, voxels } of labels) {
    const move = moves.get(value === -1 ? 0 : value);
    if (!move || voxels === 0) continue;
    touched.push(value);
    total += voxels;
    for (const name of move.joined) of(name).gained += voxels;
    for (const name of move.left) of(renamed.get(name) ?? name).lost += voxels;
  }
  return { voxels: total, labels: touched.sort((a, b) => a - b), regions: [...regions.values()] };
}
