/** Collects the findings on a dataset; the entry point of this folder. */
import { SEVERITIES } from "../../findings/finding.ts";
import type { DatasetFacts } from "../dataset-facts.ts";
import type { DatasetFinding } from "../dataset-finding.ts";
import type { Outlier } from "../outliers.ts";
import { exchangedSides, geometryApart, regionsApart } from "./apart.ts";
import { findingsOfCases, unreadableCases } from "./cases.ts";
import { noDefinition, otherDefinition } from "./definitions.ts";
import { fileFindings } from "./files.ts";
import { foldFindings } from "./folds.ts";
import { backgroundAlone, occurrences, unexpectedByCase } from "./occurrence.ts";
import { predictionFindings } from "./predictions.ts";
import { sameCases } from "./same-cases.ts";
import { vanishing } from "./vanishing.ts";

interface DatasetFindings {
  /** What only the cases together tell, and what an annotator has to act on; worst first. */
  readonly findings: readonly DatasetFinding[];
  /** The other findings of the reports, gathered over cases; worst first. */
  readonly caseFindings: readonly DatasetFinding[];
}

/** Within a severity, causes precede their consequences. */
export function datasetFindings(facts: DatasetFacts, found: readonly Outlier[]): DatasetFindings {
  const ofFiles = fileFindings(facts);
  const incomplete = ofFiles.filter(
    ({ code, severity }) => code === "case-incomplete" && severity === "error",
  );
  const findings = [
    ...noDefinition(facts),
    ...unreadableCases(facts, new Set(incomplete.flatMap(({ cases }) => cases))),
    ...ofFiles,
    ...otherDefinition(facts),
    ...unexpectedByCase(facts),
    ...occurrences(facts),
    ...foldFindings(facts),
    ...sameCases(facts),
    ...exchangedSides(facts),
    ...backgroundAlone(facts),
    ...geometryApart(facts),
    ...regionsApart(facts, found),
    ...vanishing(facts),
    ...predictionFindings(facts),
  ];
  const caseFindings = findingsOfCases(facts, new Set(ofFiles.map(({ code }) => code)));
  return { findings: worstFirst(findings), caseFindings: worstFirst(caseFindings) };
}

function worstFirst(findings: readonly DatasetFinding[]): DatasetFinding[] {
  return findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
