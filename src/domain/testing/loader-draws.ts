/**
 * Plays nnU-Net's training loader through with every possible random number, one whole patch after the other:
 * written from the Python, step by step, without the product's code, as the reference for its shares.
 */
type Point = readonly [number, number, number];

export interface LoaderCase {
  /** Label at each voxel, C order. */
  readonly labels: readonly number[];
  readonly shape: Point;
  /** `labels` of dataset.json. */
  readonly entries: Readonly<Record<string, number | readonly number[]>>;
  readonly patchSize: Point;
  readonly is2d: boolean;
  readonly batchSize: number;
  readonly strides: readonly Point[];
  readonly mode: "nearest-exact" | "resize-segmentation";
}

interface LoaderShares {
  /** Per channel, the ignore label last. */
  readonly inPatch: number[];
  /** [channel][scale] */
  readonly gone: number[][];
}

/** Chooses one of `count` numbers. */
type Choose = (count: number) => number;

/** Runs a random experiment once per sequence of random numbers, and tells how probable each is. */
function everyOutcome(experiment: (choose: Choose) => void, seen: (probability: number) => void): void {
  let chosen: number[] = [];
  for (;;) {
    const counts: number[] = [];
    experiment((count) => {
      counts.push(count);
      const next = chosen[counts.length - 1] ?? 0;
      chosen[counts.length - 1] = next;
      return next;
    });
    seen(counts.reduce((product, count) => product / count, 1));
    let last = counts.length - 1;
    while (last >= 0 && (chosen[last] ?? 0) + 1 === counts[last]) last--;
    if (last < 0) return;
    chosen = [...chosen.slice(0, last), (chosen[last] ?? 0) + 1];
  }
}

/** @param parts a number from 1 at each voxel that is in a part, to judge parts instead of channels */
export function loaderDraws(given: LoaderCase, parts?: readonly number[]): LoaderShares {
  const regions = regionsOf(given.entries);
  const channels = parts
    ? Array.from({ length: Math.max(0, ...parts) }, (_, part) => [part + 1])
    : [...regions, ...(given.entries.ignore === undefined ? [] : [[given.entries.ignore].flat()])];
  const judged = parts ? { ...given, labels: parts } : given;
  const loadedSize = initialPatchSize(given);
  const locations = classLocations(given);
  const known = new Map<string, boolean[][]>();
  const inPatch = channels.map(() => 0);
  const gone = channels.map(() => given.strides.slice(0, -1).map(() => 0));
  let box: Point = [0, 0, 0];
  everyOutcome(
    (choose) => {
      const sample = choose(given.batchSize);
      const isForced = !(sample < pythonRound(given.batchSize * (1 - 0.33)));
      box = getBox(given, loadedSize, locations, isForced, choose);
    },
    (probability) => {
      const key = box.join();
      const found = known.get(key) ?? present(judged, channels, loadedSize, box);
      known.set(key, found);
      for (const [c, [whole, ...scales]] of found.entries()) {
        if (!whole) continue;
        inPatch[c] = (inPatch[c] ?? 0) + probability;
        for (const [s, isThere] of scales.entries()) {
          const list = gone[c];
          if (list && !isThere) list[s] = (list[s] ?? 0) + probability;
        }
      }
    },
  );
  return { inPatch, gone };
}

function hasRegions(entries: LoaderCase["entries"]): boolean {
  return Object.values(entries).some((value) => typeof value !== "number" && value.length > 1);
}

/** Foreground regions, or foreground labels if no entry has several. */
function regionsOf(entries: LoaderCase["entries"]): number[][] {
  const used = Object.entries(entries).filter(([name]) => name !== "ignore");
  if (hasRegions(entries)) {
    return used.map(([, value]) => [value].flat()).filter((list) => list.some((label) => label !== 0));
  }
  const labels = new Set(used.flatMap(([, value]) => value));
  return [...labels]
    .filter((label) => label !== 0)
    .sort((a, b) => a - b)
    .map((label) => [label]);
}

/** `class_locations` without a limit, as small cases are below it. */
function classLocations({ labels, shape, entries }: LoaderCase): Map<string, Point[]> {
  const voxelsOf = (list: readonly number[]) =>
    list.flatMap((label) =>
      labels.flatMap((value, i): Point[] => {
        const [, height, width] = shape;
        const row = Math.floor(i / width);
        return value === label ? [[Math.floor(row / height), row % height, i % width]] : [];
      }),
    );
  const classes = new Map(regionsOf(entries).map((list) => [list.join(), voxelsOf(list)]));
  if (entries.ignore !== undefined) {
    const used = Object.entries(entries).filter(([name]) => name !== "ignore");
    const all = [...new Set(used.flatMap(([, value]) => value))];
    classes.set("annotated", voxelsOf([-1, ...all]));
  }
  return classes;
}

/** `nnUNetDataLoader.get_bbox`: the first voxel of the loaded patch. */
function getBox(
  given: LoaderCase,
  loadedSize: Point,
  locations: ReadonlyMap<string, readonly Point[]>,
  isForced: boolean,
  choose: Choose,
): Point {
  const { shape, patchSize, entries } = given;
  const hasIgnore = entries.ignore !== undefined;
  const lower: number[] = [];
  const upper: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const [length = 0, loaded = 0, final = 0] = [shape[axis], loadedSize[axis], patchSize[axis]];
    let needToPad = loaded - final;
    if (needToPad + length < loaded) needToPad = loaded - length;
    lower.push(Math.floor(-needToPad / 2));
    upper.push(length + Math.floor(needToPad / 2) + (needToPad % 2) - loaded);
  }
  const anywhere = () => lower.map((from, axis) => from + choose((upper[axis] ?? 0) + 1 - from));
  const around = (voxels: readonly Point[]) => {
    const voxel = voxels[choose(voxels.length)] ?? [0, 0, 0];
    return lower.map((from, axis) =>
      Math.max(from, (voxel[axis] ?? 0) - Math.floor((loadedSize[axis] ?? 0) / 2)),
    );
  };
  let corner: number[];
  if (!isForced && !hasIgnore) corner = anywhere();
  else if (!isForced) {
    const annotated = locations.get("annotated") ?? [];
    corner = annotated.length === 0 ? anywhere() : around(annotated);
  } else {
    let eligible = [...locations].filter(([, voxels]) => voxels.length > 0);
    if (eligible.length > 1) eligible = eligible.filter(([name]) => name !== "annotated");
    corner = eligible.length === 0 ? anywhere() : around(eligible[choose(eligible.length)]?.[1] ?? []);
  }
  const [z = 0, y = 0, x = 0] = corner;
  return [z, y, x];
}

/** For each channel: is it in the patch, and is it in the target of each scale? */
function present(
  given: LoaderCase,
  channels: readonly (readonly number[])[],
  loadedSize: Point,
  corner: Point,
): boolean[][] {
  const { labels, shape, patchSize, strides, mode } = given;
  // Cut out, padded with -1.
  const loaded = filled(loadedSize, (at) => {
    const [z, y, x] = at.map((v, axis) => v + (corner[axis] ?? 0)) as unknown as Point;
    const isInside = [z, y, x].every((v, axis) => v >= 0 && v < (shape[axis] ?? 0));
    return isInside ? (labels[(z * shape[1] + y) * shape[2] + x] ?? 0) : -1;
  });
  // Without rotation, SpatialTransform crops the centre; then -1 becomes 0.
  const start = loadedSize.map((n, axis) => Math.floor(n / 2) - Math.floor((patchSize[axis] ?? 0) / 2));
  const seg = filled(patchSize, (at) => {
    const [z, y, x] = at.map((v, axis) => v + (start[axis] ?? 0)) as unknown as Point;
    const label = loaded[(z * loadedSize[1] + y) * loadedSize[2] + x] ?? 0;
    return label === -1 ? 0 : label;
  });
  const factors = [1, 1, 1];
  const targets = strides.slice(0, -1).map((stride) => {
    const indices = stride.map((by, axis) => {
      factors[axis] = (factors[axis] ?? 1) * by;
      const n = patchSize[axis] ?? 0;
      return downsampled(n, pythonRound(n * (1 / (factors[axis] ?? 1))), mode);
    });
    const [zs = [], ys = [], xs = []] = indices;
    return zs.flatMap((z) =>
      ys.flatMap((y) => xs.map((x) => seg[(z * patchSize[1] + y) * patchSize[2] + x] ?? 0)),
    );
  });
  return channels.map((list) =>
    [seg, ...targets].map((target) => target.some((label) => list.includes(label))),
  );
}

function filled(size: Point, labelAt: (at: Point) => number): number[] {
  const out: number[] = [];
  for (let z = 0; z < size[0]; z++)
    for (let y = 0; y < size[1]; y++) for (let x = 0; x < size[2]; x++) out.push(labelAt([z, y, x]));
  return out;
}

function downsampled(from: number, to: number, mode: LoaderCase["mode"]): number[] {
  return Array.from({ length: to }, (_, i) => {
    const exact = ((i + 0.5) * from) / to;
    const single = Math.fround(Math.fround(from / to) * (i + 0.5));
    return Math.min(from - 1, Math.floor(mode === "nearest-exact" ? single : exact));
  });
}

function pythonRound(value: number): number {
  const up = Math.round(value);
  return Math.abs(value % 1) === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

type Matrix = readonly (readonly number[])[];

/** `configure_rotation_dummyDA_mirroring_and_inital_patch_size` with `get_patch_size`. */
function initialPatchSize({ patchSize, is2d }: LoaderCase): Point {
  const size = is2d ? patchSize.slice(1) : [...patchSize];
  const isDummy2d = !is2d && Math.max(...size) / (size[0] ?? 1) > 3;
  const isLong = Math.max(...size) / Math.min(...size) > 1.5;
  const degrees = is2d ? (isLong ? 15 : 180) : isDummy2d ? 180 : 30;
  const angle = Math.min(Math.PI / 2, (degrees / 360) * 2 * Math.PI);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const matrices: Matrix[] = is2d
    ? [
        [
          [c, -s],
          [s, c],
        ],
      ]
    : [
        [
          [1, 0, 0],
          [0, c, -s],
          [0, s, c],
        ],
        [
          [c, 0, s],
          [0, 1, 0],
          [-s, 0, c],
        ],
        [
          [c, -s, 0],
          [s, c, 0],
          [0, 0, 1],
        ],
      ];
  const longest = matrices.reduce(
    (most, matrix) =>
      most.map((value, column) =>
        Math.max(
          value,
          Math.abs(size.reduce((sum, length, row) => sum + length * (matrix[row]?.[column] ?? 0), 0)),
        ),
      ),
    size,
  );
  const initial = longest.map((length) => Math.trunc(length / 0.85));
  if (isDummy2d) initial[0] = size[0] ?? 0;
  const [z = 0, y = 0, x = 0] = is2d ? [1, ...initial] : initial;
  return [z, y, x];
}
