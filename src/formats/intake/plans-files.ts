/** Which files of a folder are plans, by content (names may be anything), and which of several is used. */
import { InputError } from "../../base/errors.ts";
import { list } from "../../domain/findings/text.ts";
import { baseName, type InputFile, isClutter } from "../bytes/input-file.ts";
import { isPlans } from "../dataset/plans.ts";
import { parseJson, readJsonText } from "../json/parse.ts";
import { byPath } from "./roles.ts";

/** Of nnU-Net's usual planner, by which it trains unless told otherwise. */
const DEFAULT_NAME = "nnUNetPlans.json";
const USUAL_NAME = /plans[^/]*\.json$/i;
/** Told before parsing, which takes longer. */
const PLANS_KEY = /"(configurations|plans_per_stage)"\s*:/;

/** Folders may hold a JSON file beside every image: of those without a usual name so many are looked into. */
const MOST_OTHERS = 100;
/** Far more than any plans have. */
const MOST_BYTES = 1 << 26;

/**
 * The plans among the files under `root` (with the final "/"), those to use first. What is no plans
 * stands alone where it has nnU-Net's default name, by which training would go; so does broken JSON that is
 * called like plans where there are no others: what is wrong with it has to be said.
 */
export async function plansAmong(files: readonly InputFile[], root: string): Promise<readonly InputFile[]> {
  const json = files
    .filter(({ path }) => path.startsWith(root) && /\.json$/i.test(path) && !isClutter(path))
    .sort(byUse(root));
  const others = new Set(json.filter(({ path }) => !USUAL_NAME.test(path)).slice(0, MOST_OTHERS));
  const plans: InputFile[] = [];
  const broken: InputFile[] = [];
  for (const file of json) {
    if (!USUAL_NAME.test(file.path) && !others.has(file)) continue;
    const kind = await kindOf(file);
    if (kind !== "plans" && plans.length === 0 && baseName(file.path) === DEFAULT_NAME) return [file];
    if (kind === "plans") plans.push(file);
    if (kind === "broken") broken.push(file);
  }
  return plans.length > 0 ? plans : broken.slice(0, 1);
}

async function kindOf({ path, blob }: InputFile): Promise<"plans" | "broken" | "other"> {
  if (blob.size > MOST_BYTES) return "other";
  try {
    const text = await readJsonText(blob, path);
    const mayBe = USUAL_NAME.test(path) || PLANS_KEY.test(text);
    return mayBe && isPlans(parseJson(text, path)) ? "plans" : "other";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return USUAL_NAME.test(path) ? "broken" : "other";
  }
}

/** Order of plans files: what lies highest under `root`, nnU-Net's default, usual names, others. */
export function byUse(root: string): (a: Pick<InputFile, "path">, b: Pick<InputFile, "path">) => number {
  const rank = ({ path }: Pick<InputFile, "path">) => {
    const depth = path.slice(root.length).split("/").length;
    return depth * 3 + (baseName(path) === DEFAULT_NAME ? 0 : USUAL_NAME.test(path) ? 1 : 2);
  };
  return (a, b) => rank(a) - rank(b) || byPath(a, b);
}

/** Says which of several plans files is used, if there are several; the first of `paths` is. */
export function plansNotice([first, ...others]: readonly string[]): string[] {
  if (first === undefined || others.length === 0) return [];
  return [`Plans come from ${first}; ${list(others)} can be opened instead.`];
}
