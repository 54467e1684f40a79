/** Finds the repair of a finding, if a certain one exists. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DatasetFiles } from "../../domain/dataset/dataset-files.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { decodedLabels } from "../../domain/dataset/round-trip.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { definitionFindings } from "../../domain/findings/findings.ts";
import type { Repair } from "./repair.ts";
import { CANDIDATES } from "./repair-candidates.ts";

/**
 * Returns the repair of a finding, or null if only a person can choose, or if label files would have to
 * change too. Offers only repairs that work: each is tried here, and afterwards the file has changed, a
 * finding of {@link definitionFindings} is gone, no error is new, and every label that came back in
 * predictions still does. For a finding about the label files, offers the part in dataset.json, which was
 * tried together with theirs when it was found.
 * @param files of the open case
 */
export function repairFor(
  finding: Finding,
  definition: DatasetDefinition,
  files: DatasetFiles | null = null,
): Repair | null {
  const candidates = CANDIDATES[finding.code]?.(finding, definition, files) ?? [];
  if (candidates.length === 0) return null;
  const before = definitionFindings(definition, files);
  const orderIsWrong = before.some(
    ({ code, severity }) => code.startsWith("order-") && (severity === "error" || code === "order-ignored"),
  );
  const works = (candidate: Repair) => {
    const repaired = candidate.apply(definition);
    if (repaired.text === definition.text) return false;
    const after = definitionFindings(repaired, files);
    return isBetter(finding, before, after) && (orderIsWrong || keepsLabels(definition, repaired));
  };
  return candidates.find(works) ?? null;
}

function isBetter(finding: Finding, before: readonly Finding[], after: readonly Finding[]): boolean {
  const isOfFiles = count(before, finding.code) === 0;
  const gone =
    count(after, finding.code) < count(before, finding.code) && !after.some((f) => isAbout(f, finding));
  const errorsBefore = before.filter((f) => f.severity === "error");
  const errors = after.filter((f) => f.severity === "error");
  const codes = new Set(errors.map((f) => f.code));
  return (isOfFiles || gone) && [...codes].every((code) => count(errors, code) <= count(errorsBefore, code));
}

/** Checks that every label that came back as itself still does. */
function keepsLabels(definition: DatasetDefinition, repaired: DatasetDefinition): boolean {
  const [before, after] = [definition, repaired].map((given) =>
    decodedLabels(regionSetFromDefinition(given)),
  );
  return [...(before ?? [])].every(
    ([label, back]) => back !== label || (after?.get(label) ?? label) === label,
  );
}

const count = (findings: readonly Finding[], code: string) => findings.filter((f) => f.code === code).length;

function isAbout(a: Finding, b: Finding): boolean {
  return (
    a.code === b.code && a.regions.join("\n") === b.regions.join("\n") && a.labels.join() === b.labels.join()
  );
}
