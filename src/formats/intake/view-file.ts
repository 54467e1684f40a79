/** Reads a view that was saved on the page. */
import { getNodeValue } from "jsonc-parser";
import { z } from "zod";
import { InputError } from "../../base/errors.ts";
import { READERS } from "../../domain/reader/reader.ts";
import { TRAINERS } from "../../domain/targets/deep-supervision.ts";
import { type SavedView, USUAL_COMPARE, USUAL_LIGHTBOX, VIEW_SCHEMA } from "../../domain/view/saved-view.ts";
import { type JsonDocument, member } from "../json/parse.ts";

const MOST_ZOOM = 40;

const plane = z.enum(["axial", "coronal", "sagittal"]);
const share = z.number().min(0).max(1);
const pair = z.tuple([z.number(), z.number()]);
const whole = z.tuple([z.int(), z.int(), z.int()]);
const point = z.tuple([z.number(), z.number(), z.number()]);
const size = z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]);
const zoom = z.number().min(1).max(MOST_ZOOM);
const part = z.number().min(0.15).max(0.85);
const name = z.string().min(1);

const region = z.object({
  name,
  color: z.string().regex(/^#[0-9a-f]{6}$/i),
  drawing: z.enum(["both", "fill", "outline", "hatch"]).default("both"),
  opacity: share.default(1),
  hidden: z.boolean().default(false),
});

const camera = z.object({
  rotation: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .refine((q) => Math.abs(Math.hypot(...q) - 1) < 1e-3, { error: "must be a unit quaternion" }),
  focusMm: z.tuple([z.number(), z.number(), z.number()]),
  spanMm: z.number().positive(),
});

/** Unknown keys are passed over, what is missing is as usual; the case and the slice must be there. */
const schema = z.object({
  schema: z.literal(VIEW_SCHEMA),
  case: z.object({ name: z.string(), shape: size, toWorld: z.array(z.number()).length(12) }),
  centre: z
    .enum(["grid", "planes", "lightbox", "compare", "round-trip", "relations", "survival"])
    .default("grid"),
  mode: z.enum(["nearest-exact", "resize-segmentation"]).default("nearest-exact"),
  configuration: z.string().nullable().default(null),
  trainer: z.enum(TRAINERS).default("default"),
  reader: z.enum(READERS).nullable().default(null),
  view: z.object({
    plane,
    convention: z.enum(["radiological", "neurological"]).default("radiological"),
    voxel: whole,
    zoom: zoom.default(1),
    panMm: pair.default([0, 0]),
    window: z.object({ level: z.number(), width: z.number().positive() }),
    fillOpacity: share.default(0.45),
    outline: z.boolean().default(true),
    crosshair: z.boolean().default(true),
    drawFrom: z.enum(["label-first", "bit-packed"]).default("label-first"),
  }),
  rowHeightPx: z.number().min(24).max(4000).nullable().default(null),
  showVanishing: z.boolean().default(false),
  paneScale: z.int().min(0).max(32).default(0),
  planes: z
    .object({ zoom, pans: z.object({ axial: pair, coronal: pair, sagittal: pair }) })
    .default({ zoom: 1, pans: { axial: [0, 0], coronal: [0, 0], sagittal: [0, 0] } }),
  maximised: z.enum(["axial", "coronal", "sagittal", "solid"]).nullable().default(null),
  split: z.tuple([part, part]).default([0.5, 0.5]),
  showLost: z.boolean().default(false),
  outlinePx: z.int().min(1).max(6).default(1),
  camera: camera.nullable().default(null),
  solidCut: z.enum(["none", "octant", "axial", "coronal", "sagittal"]).default("none"),
  colorBy: z.enum(["region", "label"]).default("region"),
  fileColors: z.boolean().default(true),
  lightbox: z
    .object({
      tiles: z.int().min(1).max(999).default(USUAL_LIGHTBOX.tiles),
      shows: z.enum(["selected", "all"]).default(USUAL_LIGHTBOX.shows),
    })
    .prefault({}),
  compare: z
    .object({
      kind: z.enum(["scale", "mode", "definition", "file"]).default(USUAL_COMPARE.kind),
      scale: z.int().min(0).max(32).default(USUAL_COMPARE.scale),
      stripes: z.boolean().default(USUAL_COMPARE.stripes),
      file: name.nullable().default(null),
    })
    .prefault({}),
  patch: z
    .object({ origin: whole, size: size.nullable().default(null) })
    .nullable()
    .default(null),
  pooling: z.enum(["any", "all", "majority"]).nullable().default(null),
  rulers: z.array(z.object({ plane, from: point, to: point })).default([]),
  regions: z.array(region).default([]),
  raised: z.array(name).default([]),
  solo: name.nullable().default(null),
  soloMore: z.array(name).default([]),
  selected: name.nullable().default(null),
  selectedMore: z.array(name).default([]),
}) satisfies z.ZodType<SavedView>;

/** Whether a JSON document is a view, of whatever version. */
export function isViewFile({ root }: JsonDocument): boolean {
  const node = member(root, "schema");
  return node?.type === "string" && /^regionscope\.view\b/.test(String(node.value));
}

/**
 * For a document that `isViewFile` accepted.
 * @throws InputError naming the file and the field that is wrong
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
