/** Finds plans among the files of a folder by content (names may be anything), and ranks them. */
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import { list } from "../../domain/findings/text.ts";
import { type InputFile, isClutter } from "../bytes/input-file.ts";
import { isPlans } from "../dataset/plans.ts";
import { parseJson, readJsonText } from "../json/parse.ts";
import { byPath } from "./roles.ts";

/** Name by nnU-Net's usual planner; the default for training. */
const DEFAULT_NAME = "nnUNetPlans.json";
const PLANS_NAME = /plans[^/]*\.json$/i;
/** Quick test before parsing, which takes longer. */
const PLANS_KEY = /"(configurations|plans_per_stage)"\s*:/;

/** Maximum number of files without a usual name to check; folders may have a JSON file beside every image. */
const MAX_OTHERS = 100;
/** Far more than any plans need. */
const MAX_BYTES = 1 << 26;

/**
 * Returns the plans under `root` (with the final "/"), in order of preference. If nnU-Net's default name
 * belongs to a file that is not plans, returns only that file, because training would use it. If there are no
 * plans, returns broken JSON that is named like plans. In both cases the error must be reported.
 */
export async function plansAmong(files: readonly InputFile[], root: string): Promise<readonly InputFile[]> {
  const json = files
    .filter(({ path }) => path.startsWith(root) && /\.json$/i.test(path) && !isClutter(path))
    .sort(byUse(root));
  const others = new Set(json.filter(({ path }) => !PLANS_NAME.test(path)).slice(0, MAX_OTHERS));
  const plans: InputFile[] = [];
  const broken: InputFile[] = [];
  for (const file of json) {
    if (!PLANS_NAME.test(file.path) && !others.has(file)) continue;
    const kind = await kindOf(file);
    if (kind !== "plans" && plans.length === 0 && baseName(file.path) === DEFAULT_NAME) return [file];
    if (kind === "plans") plans.push(file);
    if (kind === "broken") broken.push(file);
  }
  return plans.length > 0 ? plans : broken.slice(0, 1);
}

async function kindOf({ path, blob }: InputFile): Promise<"plans" | "broken" | "other"> {
  if (blob.size > MAX_BYTES) return "other";
  try {
    const text = await readJsonText(blob, path);
    const mayBe = PLANS_NAME.test(path) || PLANS_KEY.test(text);
    return mayBe && isPlans(parseJson(text, path)) ? "plans" : "other";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return PLANS_NAME.test(path) ? "broken" : "other";
  }
}

/** Orders plans files: highest under `root` first, then nnU-Net's default name, usual names, others. */
export function byUse(root: string): (a: Pick<InputFile, "path">, b: Pick<InputFile, "path">) => number {
  const rank = ({ path }: Pick<InputFile, "path">) => {
    const depth = path.slice(root.length).split("/").length;
    return depth * 3 + (baseName(path) === DEFAULT_NAME ? 0 : PLANS_NAME.test(path) ? 1 : 2);
  };
  return (a, b) => rank(a) - rank(b) || byPath(a, b);
}

/** Tells which of several plans files is used: the first of `paths`. */
export function plansNotice([first, ...others]: readonly string[]): string[] {
  if (first === undefined || others.length === 0) return [];
  return [`Using plans from ${first}. You can open ${list(others)} instead.`];
}
