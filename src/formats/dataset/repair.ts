/** The type of repairs. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";

/** A repair; its label says exactly what it does. */
export interface Repair {
  readonly label: string;
  apply(definition: DatasetDefinition): DatasetDefinition;
}
