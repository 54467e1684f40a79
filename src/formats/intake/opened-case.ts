/** The case that opened files make. */
import type { CaseData } from "../../domain/case/case-data.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { spacesMeet } from "../../domain/geometry/grid-overlap.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { Opened } from "./open.ts";

/** Says that an image is not shown. */
export const ELSEWHERE =
  "The image and the labels do not overlap in space, so the image is not shown. Check that both belong to the same case.";

/** The parts of a case that depend on its reader and plans. */
export type ReadCase = Pick<
  CaseData,
  "source" | "image" | "nonzero" | "orientation" | "transpose" | "geometry" | "notices"
>;

/**
 * @param read the volumes, as the reader and the plans that hold now give them
 * @param definition the one in force, also for masks, whose labels it does not have
 */
export function openedCase(opened: Opened, read: ReadCase, definition: DatasetDefinition | null): CaseData {
  const { source, image } = read;
  const meets = !image || spacesMeet(image.grid, sourceGrid(source));
  return {
    name: opened.name,
    source,
    orientation: read.orientation,
    geometry: read.geometry ?? null,
    imageSigns: opened.imageSigns,
    ...(opened.plansRefused ? { plansRefused: opened.plansRefused } : {}),
    masks: opened.maskOverlap && {
      overlap: opened.maskOverlap,
      putAside: definition,
      background: opened.maskBackground,
    },
    transpose: read.transpose,
    image,
    nonzero: read.nonzero ?? null,
    labelNames: opened.labelNames,
    files: opened.files,
    notices: [...(read.notices ?? []), ...(meets ? [] : [ELSEWHERE])],
  };
}
