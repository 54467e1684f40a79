/** Repairs of findings, where one is certain. */
import type { DatasetDefinition } from "../domain/dataset-definition.ts";
import type { DatasetFiles } from "../domain/dataset-files.ts";
import { definitionFindings, type Finding } from "../domain/findings.ts";
import { CANDIDATES } from "./repair-candidates.ts";

/** A repair; its label says exactly what it does. */
export interface Repair {
  readonly label: string;
  apply(definition: DatasetDefinition): DatasetDefinition;
}

/**
 * The repair of a finding of {@link definitionFindings}, or null where a choice has to be made that only a person can make,
 * or where label files would have to change too. A repair is offered only if it is known to work: it is tried here, and
 * afterwards the finding is gone and no error is there that was not there before.
 * @param files of the case that is open
 */
export function repairFor(
  finding: Finding,
  definition: DatasetDefinition,
  files: DatasetFiles | null = null,
): Repair | null {
  const candidates = CANDIDATES[finding.code]?.(finding, definition, files) ?? [];
  if (candidates.length === 0) return null;
  const judge = (judged: DatasetDefinition) => definitionFindings(judged, files);
  const before = judge(definition);
  return candidates.find((candidate) => works(before, judge(candidate.apply(definition)), finding)) ?? null;
}

function works(before: readonly Finding[], after: readonly Finding[], finding: Finding): boolean {
  const gone =
    count(after, finding.code) < count(before, finding.code) && !after.some((f) => isAbout(f, finding));
  const codes = new Set(after.filter((f) => f.severity === "error").map((f) => f.code));
  return gone && [...codes].every((code) => count(after, code) <= count(before, code));
}

const count = (findings: readonly Finding[], code: string) => findings.filter((f) => f.code === code).length;

function isAbout(a: Finding, b: Finding): boolean {
  return (
    a.code === b.code && a.regions.join("\n") === b.regions.join("\n") && a.labels.join() === b.labels.join()
  );
}
