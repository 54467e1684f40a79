/** Copies commands that open the case in other viewers, at the crosshair. */
import { type Triple, voxelFromWorld, worldFromVoxel } from "../../domain/geometry/grid.ts";
import { placeInFiles } from "../../domain/other-viewers/place-in-files.ts";
import {
  type CaseFiles,
  itksnapCommand,
  type System,
  slicerCommand,
} from "../../domain/other-viewers/viewer-commands.ts";
import { labelFiles } from "../../domain/reader/file-geometry.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { storedCase } from "../../state/case/stored-case.ts";
import { clampVoxel } from "../../state/slices/view-slice.ts";
import { useStore } from "../../state/store.ts";

export type OtherViewer = "ITK-SNAP" | "Slicer";

interface Elsewhere {
  readonly files: CaseFiles;
  /** R, A, S. */
  readonly mm: Triple;
  /** x, y, z from 1, as ITK-SNAP shows them. */
  readonly cursor: Triple;
}

/** The crosshair in the files of the case; null for samples and cases without files. */
export function selectElsewhere({ openCase, view }: Pick<AppState, "openCase" | "view">): Elsewhere | null {
  const geometry = openCase?.geometry;
  if (!openCase || !geometry || openCase.sampleId !== null) return null;
  const stored = sourceGrid(storedCase(openCase).source);
  const voxel = openCase.trained
    ? clampVoxel(
        voxelFromWorld(stored, worldFromVoxel(sourceGrid(openCase.source), view.voxel)),
        stored.shape,
      )
    : view.voxel;
  return {
    files: { image: geometry.image?.file ?? null, labels: labelFiles(geometry).map(({ file }) => file) },
    ...placeInFiles(geometry, openCase.transpose, voxel),
  };
}

/**
 * @returns the sentence to show
 * @throws Error with a sentence if the browser refuses
 */
export async function copyCommand(viewer: OtherViewer): Promise<string> {
  const found = selectElsewhere(useStore.getState());
  if (!found) throw new Error("This case has no files to open elsewhere.");
  const { files, mm, cursor } = found;
  const system = thisSystem();
  const command = viewer === "Slicer" ? slicerCommand(files, mm, system) : itksnapCommand(files, system);
  try {
    await navigator.clipboard.writeText(command);
  } catch {
    throw new Error("The browser could not copy the command. Allow it to write to the clipboard.");
  }
  const [folder, ...rest] = (files.image ?? files.labels[0] ?? "").split("/");
  const where = rest.length > 0 ? `the folder that contains ${folder}` : "the folder of the files";
  const next = viewer === "ITK-SNAP" ? ` Then type the voxel: ${cursor.join(", ")}.` : "";
  return `Command for ${viewer} copied. Run it in a terminal, in ${where}.${next}`;
}

function thisSystem(): System {
  const { platform } = navigator;
  return platform.startsWith("Win") ? "windows" : /Mac|iP(hone|ad|od)/.test(platform) ? "mac" : "linux";
}
