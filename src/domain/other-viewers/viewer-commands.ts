/** Commands that open a case in ITK-SNAP or 3D Slicer. Pure. */
import type { Triple } from "../geometry/grid.ts";
import { pathText, type Shell } from "./shell-text.ts";

export type System = "linux" | "mac" | "windows";

/** Paths, as the files were opened. */
export interface CaseFiles {
  /** The first channel; null without an image. */
  readonly image: string | null;
  /** Several for masks. */
  readonly labels: readonly string[];
}

const shellOf = (system: System): Shell => (system === "windows" ? "powershell" : "posix");

/**
 * `-g` is the main image and `-s` the segmentation (`itksnap --help`), which needs a main image: without one,
 * it is the labels. Recent versions take several files after `-s`.
 */
export function itksnapCommand({ image, labels }: CaseFiles, system: System): string {
  const path = (file: string) => pathText(file, shellOf(system));
  const program = system === "windows" ? "ITK-SNAP" : "itksnap";
  return [program, "-g", path(image ?? labels[0] ?? ""), "-s", ...labels.map(path)].join(" ");
}

/**
 * `--python-code` runs once Slicer has started. The code has only characters that bash, zsh, PowerShell and
 * cmd all leave alone inside double quotes.
 * @param mm R, A, S
 */
export function slicerCommand({ image, labels }: CaseFiles, mm: Triple, system: System): string {
  const at = mm.map((n) => Number(n.toFixed(3))).join(", ");
  const code = [
    ...(image === null ? [] : [`slicer.util.loadVolume(${pythonText(image)})`]),
    ...labels.map((file) => `slicer.util.loadSegmentation(${pythonText(file)})`),
    `slicer.vtkMRMLSliceNode.JumpAllSlices(slicer.mrmlScene, ${at}, slicer.vtkMRMLSliceNode.CenteredJumpSlice)`,
    "c = slicer.util.getNode('Crosshair')",
    `c.SetCrosshairRAS([${at}])`,
    "c.SetCrosshairMode(slicer.vtkMRMLCrosshairNode.ShowBasic)",
  ];
  const program = system === "mac" ? "/Applications/Slicer.app/Contents/MacOS/Slicer" : "Slicer";
  return `${program} --python-code "${code.join("; ")}"`;
}

/** A Python string of plain characters; all others are numbers. */
function pythonText(text: string): string {
  const characters = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = (length: number) => code.toString(16).padStart(length, "0");
    if (/[\w./ -]/.test(character)) return character;
    return code < 0x100 ? `\\x${digits(2)}` : code < 0x10000 ? `\\u${digits(4)}` : `\\U${digits(8)}`;
  });
  return `'${characters.join("")}'`;
}
