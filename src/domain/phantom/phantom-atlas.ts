/**
 * Generates a synthetic brain atlas over a synthetic T1 image, with as many labels and as large a grid as
 * AAL.
 */
import { randomFrom } from "../../base/random.ts";
import type { Region } from "../dataset/region-set.ts";
import type { Grid, Triple } from "../geometry/grid.ts";
import { definitionOf } from "./phantom.ts";

/** Number of labels: odd on the left, even on the right, as in AAL. */
export const ATLAS_LABELS = 116;
/** z, y, x of 181 × 217 × 181 voxels of 1 mm in NIfTI's order. */
export const ATLAS_SHAPE: Triple = [181, 217, 181];

interface AtlasPhantom {
  /** RAS, 1 mm voxels if the shape is {@link ATLAS_SHAPE}. */
  readonly grid: Grid;
  /** 0 outside the atlas, otherwise 1..116. */
  readonly labels: Uint8Array;
  /** Grey values like a scanner's: whole numbers, smooth tissue, a bias field and noise. */
  readonly image: Int16Array;
}

/** Parts of one side of the brain, with their numbers of labels. The last lies within the white matter. */
const PARTS = [
  ["frontal lobe", 14],
  ["parietal lobe", 12],
  ["temporal lobe", 12],
  ["occipital lobe", 12],
  ["deep nuclei", 8],
] as const;
const CORTICAL = 50;
const DEEP = 8;
const SIDES = ["left", "right"] as const;

/** Distances from the centre of the brain, whose surface is at 1. */
const WHITE_ENDS = 0.72;
const SKULL_BEGINS = 1.06;
const HEAD_ENDS = 1.16;
/** Half the width of the transition between tissues. */
const BLUR = 0.02;
const GREY = { air: 12, head: 620, fluid: 160, cortex: 470, white: 720, nucleus: 560 } as const;
const NOISE = 36;

/** The same shape and seed give the same volumes. */
export function atlasPhantom(shape: Triple = ATLAS_SHAPE, seed = 1): AtlasPhantom {
  const [depth, height, width] = shape;
  const labels = new Uint8Array(depth * height * width);
  const image = new Int16Array(labels.length);
  const random = randomFrom(seed);
  const cortex = corticalSeeds();
  const nuclei = deepSeeds();
  const middle = shape.map((n) => (n - 1) / 2);
  const radii = shape.map((n) => n * 0.41);
  let at = 0;
  for (let z = 0; z < depth; z++) {
    const w = (z - (middle[0] ?? 0)) / (radii[0] ?? 1);
    for (let y = 0; y < height; y++) {
      const v = (y - (middle[1] ?? 0)) / (radii[1] ?? 1);
      for (let x = 0; x < width; x++, at++) {
        const u = (x - (middle[2] ?? 0)) / (radii[2] ?? 1);
        const r = Math.sqrt(u * u + v * v + w * w);
        const side = u < 0 ? 0 : 1;
        const structure =
          r > 1
            ? -1
            : r < WHITE_ENDS
              ? deepAt(nuclei, Math.abs(u), v, w)
              : nearest(cortex, Math.abs(u), v, w);
        if (structure >= 0) labels[at] = 1 + 2 * structure + side;
        const tissue = structure >= CORTICAL ? GREY.nucleus : tissueAt(r);
        image[at] = Math.round(tissue * (1 + 0.12 * v - 0.06 * w) + NOISE * (random() + random() - 1));
      }
    }
  }
  const start = shape.map((n) => -(n - 1) / 2);
  const toWorld = [0, 0, 1, start[2] ?? 0, 0, 1, 0, start[1] ?? 0, 1, 0, 0, start[0] ?? 0];
  return { grid: { shape, toWorld }, labels, image };
}

/**
 * The first `count` of the atlas's 116 regions: eight lobes, two groups of nuclei, then single labels. A lobe
 * contains all its labels and comes back as the first of them.
 */
export function atlasRegions(count: number): Region[] {
  const groups = groupsOf();
  const own = new Set(groups.map(({ labels }) => labels[0]));
  const single = Array.from({ length: ATLAS_LABELS }, (_, i) => i + 1)
    .filter((label) => !own.has(label))
    .map((label) => ({ name: `area ${label}`, labels: [label], classOrder: label }));
  const whole = groups.map(({ name, labels }) => ({ name, labels, classOrder: labels[0] ?? 0 }));
  return [...whole, ...single].slice(0, count).map((region) => ({ ...region, ignore: false }));
}

function groupsOf(): { readonly name: string; readonly labels: readonly number[] }[] {
  let first = 0;
  return PARTS.flatMap(([part, size]) => {
    const structures = Array.from({ length: size }, (_, i) => first + i);
    first += size;
    return SIDES.map((side, s) => ({
      name: `${side} ${part}`,
      labels: structures.map((structure) => 1 + 2 * structure + s),
    }));
  });
}

/** The dataset.json for {@link atlasRegions}. */
export function atlasDefinition(count: number): string {
  return definitionOf(atlasRegions(count), { name: "Atlas phantom", channel: "T1" });
}

/**
 * Directions spread evenly over the right half of a sphere, front to back, three numbers each: right, front,
 * up.
 */
function corticalSeeds(): Float64Array {
  const seeds = Array.from({ length: CORTICAL }, (_, i) => {
    const front = 1 - (2 * (i + 0.5)) / CORTICAL;
    const round = Math.sqrt(1 - front * front);
    const angle = Math.PI * (((i * 0.618034) % 1) - 0.5);
    return [round * Math.cos(angle), front, round * Math.sin(angle)];
  });
  return Float64Array.from(seeds.flat());
}

/** Positions within the white matter of the right half. */
function deepSeeds(): Float64Array {
  const places = Array.from({ length: DEEP }, (_, i) => {
    const angle = (2 * Math.PI * i) / DEEP;
    return [0.26 + 0.06 * Math.cos(3 * angle), 0.36 * Math.cos(angle), 0.3 * Math.sin(angle)];
  });
  return Float64Array.from(places.flat());
}

/** The structure with the closest direction; borders between structures are slightly wavy. */
function nearest(seeds: Float64Array, u: number, v: number, w: number): number {
  const bentV = v + 0.05 * Math.sin(9 * w + 4 * u);
  const bentW = w + 0.05 * Math.sin(11 * v - 5 * u);
  let best = Number.NEGATIVE_INFINITY;
  let found = 0;
  for (let i = 0; i < CORTICAL; i++) {
    const along =
      u * (seeds[3 * i] as number) +
      bentV * (seeds[3 * i + 1] as number) +
      bentW * (seeds[3 * i + 2] as number);
    if (along <= best) continue;
    best = along;
    found = i;
  }
  return found;
}

function deepAt(seeds: Float64Array, u: number, v: number, w: number): number {
  for (let i = 0; i < DEEP; i++) {
    const [du, dv, dw] = [
      u - (seeds[3 * i] as number),
      v - (seeds[3 * i + 1] as number),
      w - (seeds[3 * i + 2] as number),
    ];
    if (du * du + dv * dv + dw * dw < 0.0144) return CORTICAL + i;
  }
  return -1;
}

function tissueAt(r: number): number {
  if (r < (WHITE_ENDS + 1) / 2) return step(r, WHITE_ENDS, GREY.white, GREY.cortex);
  if (r < (1 + SKULL_BEGINS) / 2) return step(r, 1, GREY.cortex, GREY.fluid);
  if (r < (SKULL_BEGINS + HEAD_ENDS) / 2) return step(r, SKULL_BEGINS, GREY.fluid, GREY.head);
  return step(r, HEAD_ENDS, GREY.head, GREY.air);
}

function step(r: number, where: number, inside: number, outside: number): number {
  const share = Math.min(1, Math.max(0, (r - where) / (2 * BLUR) + 0.5));
  return inside + (outside - inside) * share * share * (3 - 2 * share);
}
