/** Lists how the regions of a case relate to each other, for the report. */
import type { RegionSet } from "../dataset/region-set.ts";
import { type Relation, type Relations, voxelRelations } from "../dataset/relations.ts";
import type { Source } from "../volume/palette-volume.ts";

/** Maximum number of regions to compare with each other: a million pairs are enough to hold and to read. */
const MAX_COMPARED = 1000;

/** Maximum number of pairs to list; those that share the most voxels come first. */
const MAX_PAIRS = 5000;

interface ReportedPair {
  readonly a: string;
  readonly b: string;
  /** The relation of a to b; a precedes b in the regions. */
  readonly relation: Exclude<Relation, "disjoint">;
  readonly sharedVoxels: number;
  /** 0..1 */
  readonly dice: number;
}

export interface ReportedRelations {
  readonly unit: "voxels";
  /** Number of regions compared with each other: all, or the first {@link MAX_COMPARED}. */
  readonly comparedRegions: number;
  /** Number of pairs that share a voxel, listed or not. */
  readonly sharingPairs: number;
  /** In the order of the regions; omits pairs that share nothing. */
  readonly pairs: readonly ReportedPair[];
}

export function reportedRelations(
  source: Source,
  { regions }: Pick<RegionSet, "regions">,
  { compared = MAX_COMPARED, listed = MAX_PAIRS } = {},
): ReportedRelations {
  const some = regions.slice(0, compared);
  const relations = voxelRelations(firstChannels(source, some.length), some);
  const found = sharingPairs(relations);
  const least = found.length > listed ? nthMost(found, listed) : 0;
  const left = listed - found.filter((pair) => pair.shared > least).length;
  let ties = 0;
  const kept = found.filter(({ shared }) => shared > least || ties++ < left);
  return {
    unit: "voxels",
    comparedRegions: some.length,
    sharingPairs: found.length,
    pairs: kept.map(({ a, b, shared, relation }) => ({
      a: some[a]?.name ?? "",
      b: some[b]?.name ?? "",
      relation,
      sharedVoxels: shared,
      dice: relations.dice(a, b) ?? 0,
    })),
  };
}

/** A label volume finds regions by their labels; masks by their position. */
function firstChannels(source: Source, channels: number): Source {
  if (source.kind === "labels" || source.stack.bitPlanes.length <= channels) return source;
  const { stack } = source;
  return {
    kind: "masks",
    stack: { ...stack, names: stack.names.slice(0, channels), bitPlanes: stack.bitPlanes.slice(0, channels) },
  };
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly shared: number;
  readonly relation: ReportedPair["relation"];
}

function sharingPairs(relations: Relations): Pair[] {
  const found: Pair[] = [];
  for (let a = 0; a < relations.size; a++) {
    for (let b = a + 1; b < relations.size; b++) {
      const relation = relations.relation(a, b);
      if (relation !== "disjoint") found.push({ a, b, shared: relations.both(a, b), relation });
    }
  }
  return found;
}

/** Shared voxels of the n-th pair when sorted by shared voxels, most first. */
function nthMost(pairs: readonly Pair[], n: number): number {
  const ascending = Float64Array.from(pairs, ({ shared }) => shared).sort();
  return ascending[pairs.length - n] ?? 0;
}
