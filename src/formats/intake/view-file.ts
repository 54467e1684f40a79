/** Reads views saved on the page. */
import { getNodeValue } from "jsonc-parser";
import { InputError } from "../../base/errors.ts";
import { READERS } from "../../domain/reader/reader.ts";
import { TRAINERS } from "../../domain/targets/deep-supervision.ts";
import { type SavedView, USUAL_COMPARE, USUAL_LIGHTBOX, VIEW_SCHEMA } from "../../domain/view/saved-view.ts";
import { type JsonDocument, member } from "../json/parse.ts";
import { z } from "../json/zod.ts";

const MOST_ZOOM = 40;

const plane = z.enum(["axial", "coronal", "sagittal"]);
const between = (least: number, most: number) => z.number().check(z.gte(least), z.lte(most));
const wholeBetween = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most));
const positive = z.number().check(z.positive());
const share = between(0, 1);
const pair = z.tuple([z.number(), z.number()]);
const whole = z.tuple([z.int(), z.int(), z.int()]);
const point = z.tuple([z.number(), z.number(), z.number()]);
const side = z.int().check(z.positive());
const size = z.tuple([side, side, side]);
const zoom = between(1, MOST_ZOOM);
const part = between(0.15, 0.85);
const name = z.string().check(z.minLength(1));

/** Optional values with a default. */
const usually = z._default;
const nothing = <T extends z.core.SomeType>(schema: T) => usually(z.nullable(schema), null);

const region = z.object({
  name,
  color: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
  drawing: usually(z.enum(["both", "fill", "outline", "hatch"]), "both"),
  opacity: usually(share, 1),
  hidden: usually(z.boolean(), false),
});

const camera = z.object({
  rotation: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .check(z.refine((q) => Math.abs(Math.hypot(...q) - 1) < 1e-3, { error: "must be a unit quaternion" })),
  focusMm: point,
  spanMm: positive,
});

/** Ignores unknown keys and fills in defaults; the case and the slice are required. */
const schema = z.object({
  schema: z.literal(VIEW_SCHEMA),
  case: z.object({
    name: z.string(),
    shape: size,
    toWorld: z.array(z.number()).check(z.length(12)),
  }),
  centre: usually(
    z.enum(["grid", "planes", "lightbox", "compare", "round-trip", "relations", "survival"]),
    "grid",
  ),
  mode: usually(z.enum(["nearest-exact", "resize-segmentation"]), "nearest-exact"),
  configuration: nothing(z.string()),
  trainer: usually(z.enum(TRAINERS), "default"),
  reader: nothing(z.enum(READERS)),
  view: z.object({
    plane,
    convention: usually(z.enum(["radiological", "neurological"]), "radiological"),
    voxel: whole,
    zoom: usually(zoom, 1),
    panMm: usually(pair, [0, 0]),
    window: z.object({ level: z.number(), width: positive }),
    fillOpacity: usually(share, 0.45),
    outline: usually(z.boolean(), true),
    crosshair: usually(z.boolean(), true),
    drawFrom: usually(z.enum(["label-first", "bit-packed"]), "label-first"),
  }),
  rowHeightPx: nothing(between(24, 4000)),
  showVanishing: usually(z.boolean(), false),
  paneScale: usually(wholeBetween(0, 32), 0),
  planes: usually(z.object({ zoom, pans: z.object({ axial: pair, coronal: pair, sagittal: pair }) }), {
    zoom: 1,
    pans: { axial: [0, 0], coronal: [0, 0], sagittal: [0, 0] },
  }),
  maximised: nothing(z.enum(["axial", "coronal", "sagittal", "solid"])),
  split: usually(z.tuple([part, part]), [0.5, 0.5]),
  showLost: usually(z.boolean(), false),
  outlinePx: usually(wholeBetween(1, 6), 1),
  camera: nothing(camera),
  solidCut: usually(z.enum(["none", "octant", "axial", "coronal", "sagittal"]), "none"),
  colorBy: usually(z.enum(["region", "label"]), "region"),
  fileColors: usually(z.boolean(), true),
  lightbox: z.prefault(
    z.object({
      tiles: usually(wholeBetween(1, 999), USUAL_LIGHTBOX.tiles),
      shows: usually(z.enum(["selected", "all"]), USUAL_LIGHTBOX.shows),
    }),
    {},
  ),
  compare: z.prefault(
    z.object({
      kind: usually(z.enum(["scale", "mode", "definition", "file"]), USUAL_COMPARE.kind),
      scale: usually(wholeBetween(0, 32), USUAL_COMPARE.scale),
      stripes: usually(z.boolean(), USUAL_COMPARE.stripes),
      file: nothing(name),
    }),
    {},
  ),
  patch: nothing(z.object({ origin: whole, size: nothing(size) })),
  pooling: nothing(z.enum(["any", "all", "majority"])),
  rulers: usually(z.array(z.object({ plane, from: point, to: point })), []),
  regions: usually(z.array(region), []),
  raised: usually(z.array(name), []),
  solo: nothing(name),
  soloMore: usually(z.array(name), []),
  selected: nothing(name),
  selectedMore: usually(z.array(name), []),
}) satisfies z.ZodMiniType<SavedView>;

/** Recognises a view of any version. */
export function isViewFile({ root }: JsonDocument): boolean {
  const node = member(root, "schema");
  return node?.type === "string" && /^regionscope\.view\b/.test(String(node.value));
}

/**
 * Reads a document that `isViewFile` accepted.
 * @throws InputError naming the file and the wrong field
 */
export function viewFrom({ root }: JsonDocument, file: string): SavedView {
  const written: unknown = getNodeValue(root);
  const version = String(member(root, "schema")?.value);
  if (version !== VIEW_SCHEMA) {
    throw new InputError(
      file,
      `its field "schema" is "${version}", and only "${VIEW_SCHEMA}" can be read`,
      "Save the view again with this version of the page",
    );
  }
  const parsed = schema.safeParse(written);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  throw new InputError(
    file,
    `its field "${path.join("").replace(/^\./, "")}" cannot be used (${(issue?.message ?? "it is of another kind").replace("received undefined", "and it is missing")})`,
    "Correct it there, or save the view again",
  );
}
