/** Reads views saved on the page. */
import { getNodeValue } from "jsonc-parser";
import { InputError } from "../../base/errors.ts";
import { READERS } from "../../domain/reader/reader.ts";
import { FIELD_LIST, type Field, type Kind } from "../../domain/view/fields.ts";
import { placeInFile, type SavedView, VIEW_SCHEMA } from "../../domain/view/saved-view.ts";
import { DEFAULT_STYLE, DRAWINGS, MAX_ZOOM, MIN_ZOOM, PLANES } from "../../domain/view/view-values.ts";
import { type JsonDocument, member } from "../json/parse.ts";
import { z } from "../json/zod.ts";

const plane = z.enum(PLANES);
const between = (least: number, most: number) => z.number().check(z.gte(least), z.lte(most));
const positive = z.number().check(z.positive());
const pair = z.tuple([z.number(), z.number()]);
const whole = z.tuple([z.int(), z.int(), z.int()]);
const point = z.tuple([z.number(), z.number(), z.number()]);
const side = z.int().check(z.positive());
const size = z.tuple([side, side, side]);
const name = z.string().check(z.minLength(1));

/** Optional values with a default. */
const usually = z._default;
const nothing = <T extends z.core.SomeType>(schema: T) => usually(z.nullable(schema), null);

const region = z.object({
  name,
  color: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
  drawing: usually(z.enum(DRAWINGS), DEFAULT_STYLE.drawing),
  opacity: usually(between(0, 1), DEFAULT_STYLE.opacity),
  hidden: usually(z.boolean(), false),
});

const camera = z.object({
  rotation: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .check(z.refine((q) => Math.abs(Math.hypot(...q) - 1) < 1e-3, { error: "must be a unit quaternion" })),
  focusMm: point,
  spanMm: positive,
});

/** @throws Error for a kind that files do not hold */
function valueSchema(kind: Kind): z.ZodMiniType {
  switch (kind.type) {
    case "flag":
      return z.boolean();
    case "choice":
      return z.enum(kind.values);
    case "number": {
      const limits = [z.gte(kind.min), z.lte(kind.max)] as const;
      return kind.whole ? z.int().check(...limits) : z.number().check(...limits);
    }
    case "pair": {
      const part = Number.isFinite(kind.min) ? between(kind.min, kind.max) : z.number();
      return z.tuple([part, part]);
    }
    case "voxel":
      return whole;
    case "window":
      return z.object({ level: z.number(), width: positive });
    case "planes":
      return z.object({
        zoom: between(MIN_ZOOM, MAX_ZOOM),
        pans: z.object({ axial: pair, coronal: pair, sagittal: pair }),
      });
    case "camera":
      return camera;
    case "rulers":
      return z.array(z.object({ plane, from: point, to: point }));
    case "first name":
      return name;
    case "names":
    case "name set":
    case "other names":
      return z.array(name);
    case "text":
    case "patch":
    case "awaited file":
    case "styles":
    case "colors":
      throw new Error(`A file has no ${kind.type}.`);
  }
}

function fieldSchema({ kind, default: usual, required }: Field): z.ZodMiniType {
  const value = valueSchema(kind);
  if (required) return value;
  if (usual === null) return nothing(value);
  return usually(value, usual instanceof Set ? [...usual] : usual);
}

/** The fields that a group of the file has; null for the file itself. */
function fieldsIn(group: string | null): Record<string, z.ZodMiniType> {
  return Object.fromEntries(
    FIELD_LIST.flatMap(([key, row]) => {
      const place = placeInFile(key, row);
      return place?.[0] === group ? [[place[1], fieldSchema(row)]] : [];
    }),
  );
}

/** Ignores unknown keys and fills in defaults; the case and the slice are required. */
const schema = z.object({
  schema: z.literal(VIEW_SCHEMA),
  case: z.object({
    name: z.string(),
    shape: size,
    toWorld: z.array(z.number()).check(z.length(12)),
  }),
  configuration: nothing(z.string()),
  reader: nothing(z.enum(READERS)),
  view: z.object(fieldsIn("view")),
  ...fieldsIn(null),
  lightbox: z.prefault(z.object(fieldsIn("lightbox")), {}),
  compare: z.prefault(z.object({ ...fieldsIn("compare"), file: nothing(name) }), {}),
  patch: nothing(z.object({ origin: whole, size: nothing(size) })),
  regions: usually(z.array(region), []),
});

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
      `its field "schema" is "${version}", but only "${VIEW_SCHEMA}" is supported`,
      "Save the view again with this version of the page",
    );
  }
  const parsed = schema.safeParse(written);
  // A loop over the table does not keep the types of its rows.
  if (parsed.success) return parsed.data as unknown as SavedView;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  throw new InputError(
    file,
    `its field "${path.join("").replace(/^\./, "")}" is invalid (${(issue?.message ?? "it has another type").replace("received undefined", "but it is missing")})`,
    "Correct it, or save the view again",
  );
}
