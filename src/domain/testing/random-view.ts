/** Makes values for every row of the table of view fields, so that tests that loop over it cover new rows. */
import { FIELD_LIST, type Field, type FieldKey, type LinkedView } from "../view/fields.ts";
import { type AwaitedFile, DRAWINGS, type PatchSettings, PLANES } from "../view/view-values.ts";

type Random = () => number;

/** Wider limits would only add digits. */
const MAX_NUMBER = 1000;

/**
 * A view in which every field has a random value that its row allows, often the default.
 * @param names regions to choose from, at least two
 */
export function randomView(random: Random, names: readonly string[]): LinkedView {
  return consistent((row) => (row.default === null && random() < 0.3 ? null : valueFor(row, random, names)));
}

/** A view in which no field has its default. @param names as in `randomView` */
export function changedView(random: Random, names: readonly string[]): LinkedView {
  return consistent((row) => {
    for (let i = 0; i < 1000; i++) {
      const value = valueFor(row, random, names);
      if (valueText(value) !== valueText(row.default)) return value;
    }
    throw new Error("The row allows only its default.");
  });
}

/** The text of a value, to compare it with others; JSON has no sets and maps. */
export function valueText(value: unknown): string {
  return JSON.stringify(value instanceof Map || value instanceof Set ? [...value] : value);
}

/** Fields that depend on one another fit: other names on the first name, awaited files on the comparison. */
function consistent(valueIn: (row: Field) => unknown): LinkedView {
  const view = new Map<FieldKey, unknown>(FIELD_LIST.map(([key, row]) => [key, valueIn(row)]));
  for (const [key, { kind, address, default: initial }] of FIELD_LIST) {
    if (kind.type === "awaited file") {
      const file = view.get(key) as AwaitedFile | null;
      const comparison = FIELD_LIST.find(([, row]) => row.address === kind.comparison)?.[0];
      if (file && comparison) view.set(comparison, file.kind);
    }
    if (kind.type === "other names") {
      const first = FIELD_LIST.find(([, row]) => row.kind.type === "first name" && row.address === address);
      const name = first && view.get(first[0]);
      const others = [...(view.get(key) as ReadonlySet<string>)].filter((other) => other !== name);
      view.set(key, name === null ? initial : new Set(others));
    }
  }
  return Object.fromEntries(view);
}

function valueFor({ kind, default: initial }: Field, random: Random, names: readonly string[]): unknown {
  const between = (low: number, high: number, digits: number) =>
    Number((low + random() * (high - low)).toFixed(digits));
  const length = (least: number) => between(least, 100, 0);
  const mm = () => between(-300, 300, 3);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const some = () => names.filter(() => random() < 0.4);
  switch (kind.type) {
    case "flag":
      return random() < 0.5;
    case "choice":
      return one(kind.values);
    case "number":
      return between(kind.min, Math.min(kind.max, kind.min + MAX_NUMBER), kind.whole ? 0 : kind.digits);
    case "pair": {
      const part = () =>
        between(Math.max(kind.min, -MAX_NUMBER), Math.min(kind.max, MAX_NUMBER), kind.digits);
      return [part(), part()];
    }
    case "text":
      return one(["abdomen-regions", "3d_lowres", "50% & more = #1"]);
    case "voxel":
      return [length(0), length(0), length(0)];
    case "window":
      return { level: mm(), width: between(1, 2000, 3) };
    case "planes":
      return {
        zoom: between(1, 40, 3),
        pans: { axial: [mm(), mm()], coronal: [mm(), mm()], sagittal: [mm(), mm()] },
      };
    case "camera":
      return {
        rotation: one([
          [0, 0.6, 0, 0.8],
          [0.5, -0.5, 0.5, 0.5],
        ]),
        focusMm: [mm(), mm(), mm()],
        spanMm: between(2, 5000, 3),
      };
    case "patch": {
      const size = random() < 0.5 ? null : [length(1), length(1), length(1)];
      const patch = { on: true, origin: [length(0), length(0), length(0)], size };
      return random() < 0.5 ? (initial as PatchSettings) : patch;
    }
    case "awaited file":
      return { kind: one(["definition", "file"]), name: "second & better, final.nii.gz" };
    case "rulers": {
      const [z, y, x] = [length(0), length(0), length(0)];
      return [{ plane: one(PLANES), from: [z, y, x], to: [z, y, x] }];
    }
    case "names":
      return some().toReversed();
    case "name set":
    case "other names":
      return new Set(some());
    case "first name":
      return one(names);
    case "styles":
      return new Map(some().map((name) => [name, { drawing: one(DRAWINGS), opacity: between(0, 1, 3) }]));
    case "colors": {
      const part = () => Math.floor(random() * 256) / 255;
      return new Map(some().map((name) => [name, [part(), part(), part()]]));
    }
  }
}
