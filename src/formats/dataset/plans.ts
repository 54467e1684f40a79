/** Parses nnU-Net's plans. */
import { getNodeValue, type Node } from "jsonc-parser";
import { InputError } from "../../base/errors.ts";
import type { Plans, PlansConfiguration } from "../../domain/dataset/plans.ts";
import { list } from "../../domain/findings/text.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { USE_VERSION_1 } from "../bytes/foreign-formats.ts";
import { type JsonDocument, member, parseJson } from "../json/parse.ts";
import { z } from "../json/zod.ts";

const positive = z.number().check(z.positive());
const count = z.int().check(z.positive());
const perAxis = z.array(count).check(z.minLength(2), z.maxLength(3));
const spacingSchema = z.nullish(z.array(positive).check(z.minLength(2), z.maxLength(3)));

const configurationSchema = z.looseObject({
  inherits_from: z.optional(z.string()),
  patch_size: z.nullish(perAxis),
  batch_size: z.nullish(count),
  spacing: z.optional(z.unknown()),
  architecture: z.optional(
    z.looseObject({ arch_kwargs: z.optional(z.looseObject({ strides: z.optional(z.unknown()) })) }),
  ),
  pool_op_kernel_sizes: z.optional(z.unknown()),
  preprocessor_name: z.optional(z.unknown()),
  resampling_fn_seg: z.nullish(z.string()),
  resampling_fn_seg_kwargs: z.nullish(z.record(z.string(), z.unknown())),
});

const plansSchema = z.looseObject({
  plans_name: z.nullish(z.string()),
  image_reader_writer: z.nullish(z.string()),
  transpose_forward: z._default(
    z.array(z.int()).check(
      z.refine((axes) => axes.length === 3 && [0, 1, 2].every((axis) => axes.includes(axis)), {
        error: "must be 0, 1 and 2 in some order",
      }),
    ),
    [0, 1, 2],
  ),
  configurations: z.record(z.string(), z.looseObject({})),
});

type RawConfiguration = Readonly<Record<string, unknown>>;

interface PlansReading {
  readonly plans: Plans;
  /** Sentences about configurations that are omitted or have no strides. */
  readonly notices: readonly string[];
}

/** Recognises an nnU-Net plans file of any version. */
export function isPlans({ root }: JsonDocument): boolean {
  return member(root, "configurations")?.type === "object" || isOfVersion1(root);
}

function isOfVersion1(root: Node): boolean {
  return member(root, "plans_per_stage") !== undefined;
}

/**
 * Reads a plans file. Follows `inherits_from`; takes strides from `architecture.arch_kwargs` or, before
 * nnU-Net 2.5, from `pool_op_kernel_sizes`; gives 2D configurations a leading 1. A network without pooling
 * has no strides.
 *
 * @throws InputError for broken JSON, JSON of another kind, and unusable configurations
 */
export function parsePlans(text: string, file: string): Plans {
  const document = parseJson(text, file);
  if (!isPlans(document)) {
    throw new InputError(
      file,
      'it is JSON, but not an nnU-Net plans file (it has no object "configurations")',
      "Choose nnUNetPlans.json from nnU-Net's preprocessed folder",
    );
  }
  return plansFrom(document, file).plans;
}

/**
 * Does what `parsePlans` does, for a document that `isPlans` accepted.
 *
 * Omits an unusable configuration with a notice, unless it is `wanted` or, by default, the one that nnU-Net
 * trains (`3d_fullres`, else the first).
 *
 * @param wanted a configuration that must be there
 */
export function plansFrom(document: JsonDocument, file: string, wanted?: string): PlansReading {
  if (isOfVersion1(document.root)) {
    throw new InputError(
      file,
      "it contains plans of nnU-Net version 1 (plans_per_stage), which are not supported",
      USE_VERSION_1,
    );
  }
  const parsed = plansSchema.safeParse(getNodeValue(document.root));
  if (!parsed.success) throw schemaError(file, parsed.error);
  const { configurations, plans_name, transpose_forward, image_reader_writer } = parsed.data;
  const names = Object.keys(configurations);
  if (names.length === 0) {
    throw new InputError(
      file,
      "it has no configurations",
      "Plan the dataset again with nnUNetv2_plan_experiment",
    );
  }
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new InputError(
      file,
      `it has no configuration "${wanted}"`,
      `Choose one of ${names.map((name) => `"${name}"`).join(", ")}`,
    );
  }
  const needed = wanted ?? (names.includes("3d_fullres") ? "3d_fullres" : names[0]);
  const notices: string[] = [];
  const usable = names.flatMap((name): PlansConfiguration[] => {
    try {
      return [readConfiguration(name, configurations, file)];
    } catch (error) {
      if (name === needed || !(error instanceof InputError)) throw error;
      notices.push(`${file}: ${error.problem}; that configuration was skipped.`);
      return [];
    }
  });
  notices.push(...withoutStrides(usable, configurations, file));
  const [a = 0, b = 1, c = 2] = transpose_forward;
  return {
    plans: {
      name: plans_name ?? null,
      transposeForward: [a, b, c],
      configurations: usable,
      readerWriter: image_reader_writer ?? null,
      file,
    },
    notices,
  };
}

function readConfiguration(
  name: string,
  all: Readonly<Record<string, RawConfiguration>>,
  file: string,
): PlansConfiguration {
  const parsed = configurationSchema.safeParse(resolve(name, all, file, []));
  if (!parsed.success) throw schemaError(file, parsed.error, name);
  const { architecture, pool_op_kernel_sizes, patch_size, batch_size, spacing } = parsed.data;
  const { resampling_fn_seg: resampling, resampling_fn_seg_kwargs: kwargs } = parsed.data;
  const { preprocessor_name: preprocessor } = parsed.data;
  // nnU-Net reads pool_op_kernel_sizes only if there is no architecture at all.
  const given = architecture ? architecture.arch_kwargs?.strides : pool_op_kernel_sizes;
  const strides = given === undefined || given === null ? null : readStrides(given, name, file);
  const axes = { patch: patch_size?.length ?? 0, strides: strides?.axes ?? 0 };
  return {
    name,
    strides: strides?.networkStages ?? null,
    ...(axes.patch && axes.strides && axes.patch !== axes.strides ? { axesApart: axes } : {}),
    patchSize: patch_size ? threeAxes(patch_size) : null,
    ...(patch_size?.length === 2 ? { is2d: true } : {}),
    batchSize: batch_size ?? null,
    ...readSpacing(spacing),
    ...(resampling ? { segResampling: { name: resampling, kwargs: kwargs ?? null } } : {}),
    ...(typeof preprocessor === "string" && preprocessor !== "DefaultPreprocessor" ? { preprocessor } : {}),
  };
}

/** At a wrong spacing nnU-Net's preprocessing stops, which is a finding; targets do not depend on it. */
function readSpacing(given: unknown): Pick<PlansConfiguration, "spacing" | "wrongSpacing"> {
  const { success, data } = spacingSchema.safeParse(given);
  return success
    ? { spacing: data ?? null }
    : { spacing: null, wrongSpacing: clipped(JSON.stringify(given)) };
}

const MAX_WRITTEN = 60;

function clipped(json: string): string {
  return json.length > MAX_WRITTEN ? `${json.slice(0, MAX_WRITTEN)}…` : json;
}

interface Strides {
  readonly networkStages: Triple[];
  /** Number of axes in the file. */
  readonly axes: number;
}

function readStrides(given: unknown, name: string, file: string): Strides {
  const strides = z.array(perAxis).check(z.minLength(1)).safeParse(given);
  const rank = strides.data?.[0]?.length;
  if (!strides.success || strides.data.some((networkStage) => networkStage.length !== rank)) {
    throw new InputError(
      file,
      `the strides of configuration "${name}" are not one list of 2 or 3 positive integers per network stage`,
      "Correct them, or open the case without plans and edit the strides",
    );
  }
  return { networkStages: strides.data.map(threeAxes), axes: rank ?? 3 };
}

const NO_STRIDES =
  "no strides (architecture.arch_kwargs.strides), so labels are shown only at scale 0, with weight 1: nnU-Net trains " +
  "such networks (for example Primus) without deep supervision.";
const NO_ARCHITECTURE =
  "neither an architecture nor pool_op_kernel_sizes, so there are no strides and labels are shown only at scale 0. " +
  "nnU-Net itself fails on such plans: plan the dataset again with nnUNetv2_plan_experiment.";

/**
 * Explains configurations without strides. nnU-Net's trainers of Primus set `enable_deep_supervision` to
 * false; any other trainer fails without strides. If there is no architecture, nnU-Net looks for the fields
 * of its plans before 2.5.
 */
function withoutStrides(
  usable: readonly PlansConfiguration[],
  all: Readonly<Record<string, RawConfiguration>>,
  file: string,
): string[] {
  const names = usable.filter(({ strides }) => strides === null).map(({ name }) => name);
  const hasArchitecture = (name: string) => Boolean(resolve(name, all, file, []).architecture);
  const listing = (which: readonly string[], what: string) => {
    const configurations = list(which.map((name) => `"${name}"`));
    const [noun, has] = which.length === 1 ? ["configuration", "has"] : ["configurations", "have"];
    return which.length === 0 ? [] : [`${file}: ${noun} ${configurations} ${has} ${what}`];
  };
  return [
    ...listing(names.filter(hasArchitecture), NO_STRIDES),
    ...listing(
      names.filter((name) => !hasArchitecture(name)),
      NO_ARCHITECTURE,
    ),
  ];
}

/**
 * Mirrors nnU-Net's `_internal_resolve_configuration_inheritance`: the parent's fields, overridden by its
 * own.
 */
function resolve(
  name: string,
  all: Readonly<Record<string, RawConfiguration>>,
  file: string,
  chain: readonly string[],
): RawConfiguration {
  const own = all[name];
  const heirs = [...chain, name];
  if (!own || !Object.hasOwn(all, name)) {
    throw new InputError(
      file,
      `configuration "${chain.at(-1)}" inherits from "${name}", which does not exist`,
      "Correct inherits_from",
    );
  }
  if (chain.includes(name)) {
    throw new InputError(
      file,
      `its configurations inherit from each other in a circle (${heirs.join(" → ")})`,
      "Correct inherits_from",
    );
  }
  const { inherits_from: parent } = own;
  return typeof parent === "string" ? { ...resolve(parent, all, file, heirs), ...own } : own;
}

function threeAxes(lengths: readonly number[]): Triple {
  const [a = 1, b = 1, c = 1] = lengths.length === 2 ? [1, ...lengths] : lengths;
  return [a, b, c];
}

function schemaError(file: string, error: z.core.$ZodError, configuration?: string): InputError {
  const issue = error.issues[0];
  const field = [configuration, ...(issue?.path ?? [])].filter((part) => part !== undefined).join(".");
  const message = (issue?.message ?? "it has an unexpected value")
    .replace(/^Invalid input: /, "")
    .replace("received undefined", "but it is missing");
  return new InputError(file, `its field ${field} is invalid (${message})`, "Correct it and open it again");
}
