/** How nnU-Net reads a case. */
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { Plans } from "../dataset/plans.ts";
import type { CaseGeometry, CaseReading } from "../reader/file-geometry.ts";
import { type ReaderClues, readerInForce } from "../reader/reader.ts";
import type { CaseData } from "./case-data.ts";

/** How nnU-Net reads a case according to its plans and dataset.json; null without files. */
export function caseReading(
  geometry: CaseGeometry | null | undefined,
  definition: DatasetDefinition | null,
  plans: Plans | null,
): CaseReading | null {
  if (!geometry) return null;
  return { geometry, inForce: readerInForce(readerCluesOf(geometry, definition, plans)) };
}

/**
 * The dataset.json that may name the reader. For masks that is the one put aside: only its labels do not
 * apply.
 */
export function definitionForReader({
  definition,
  openCase,
}: {
  readonly definition: DatasetDefinition | null;
  readonly openCase: Pick<CaseData, "masks"> | null;
}): DatasetDefinition | null {
  return definition ?? openCase?.masks?.putAside ?? null;
}

/** The inputs that decide which reader takes the open files. */
export function readerCluesOf(
  { chosen, firstImage, labels }: CaseGeometry,
  definition: DatasetDefinition | null,
  plans: Plans | null,
): ReaderClues {
  return {
    chosen,
    plans: plans?.readerWriter ?? null,
    overwrite: definition?.readerWriter ?? null,
    fileEnding: definition?.fileEnding ?? null,
    file: labels.file,
    firstImage,
  };
}
