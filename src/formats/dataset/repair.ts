/** The type of repairs. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";

/** A repair; its `action` says exactly what it does. */
export interface Repair {
  readonly action: string;
  apply(definition: DatasetDefinition): DatasetDefinition;
}
