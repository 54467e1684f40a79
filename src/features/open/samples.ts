import type { SampleId } from "../../app/commands/commands.ts";

export interface Sample {
  readonly id: SampleId;
  readonly title: string;
  readonly line: string;
}

/** The bundled cases. */
export const SAMPLES: readonly Sample[] = [
  {
    id: "abdomen-regions",
    title: "Abdomen, 25 nested regions",
    line: "CT at 3 mm; one word",
  },
  {
    id: "abdomen-organs",
    title: "Abdomen, 73 overlapping regions",
    line: "61 organs and 12 groups; three words",
  },
  {
    id: "spine-regions",
    title: "Lumbar spine, 16 regions",
    line: "MR T2, 17 thick slices, transposed by its plans",
  },
];

export const PHANTOM_REGIONS = { least: 1, most: 300, usual: 31 } as const;

export function isSampleId(id: string): id is SampleId {
  return id === "synthetic" || SAMPLES.some((sample) => sample.id === id);
}
