/**
 * Judges how nnU-Net's reader handles the files' headers: what it rejects, and where the other library would
 * place the voxels.
 */
import { baseName } from "../../base/file-path.ts";
import { pluralForm } from "../../base/format-numbers.ts";
import { sameGrid, spacingMm } from "../geometry/grid.ts";
import { gridDifference } from "../geometry/grid-difference.ts";
import {
  type CaseReading,
  type FileGeometry,
  fieldText,
  labelFiles,
  type Placement,
  placementBy,
  type Refusal,
} from "../reader/file-geometry.ts";
import { isItk, OTHER_READERS, turnsToRas } from "../reader/reader.ts";
import { valueText } from "../volume/float32.ts";
import { type Finding, finding } from "./finding.ts";
import { amount, axesText, capital, lengthsApart, list, movedText } from "./text.ts";

const WHY_ITK = {
  "not-orthonormal":
    "(“only supports orthonormal direction cosines”): the axes of the sform are not at right angles",
  singular: "(“only supports orthonormal direction cosines”): the sform is singular and gives no directions",
  "nifti-2": "because ITK does not read NIfTI-2",
} as const;
const REMEDY_ITK = {
  "not-orthonormal": "resample image and labels to an orthogonal grid",
  // A singular sform gives no grid to resample to.
  singular: "copy the header of the original scan",
  "nifti-2": "save images and labels as NIfTI-1",
} as const;

/** Files that share one sentence. */
interface Named {
  /** "case.nii.gz and case_0000.nii.gz" */
  readonly names: string;
  readonly count: number;
}

/** Files as a title names them. */
function briefly({ names, count }: Named): string {
  return count === 1 ? names : `${count} files`;
}

type Check = (file: FileGeometry, named: Named, reading: CaseReading) => Finding[];

export function readerFindings(reading: CaseReading): Finding[] {
  const { image } = reading.geometry;
  const files = [...labelFiles(reading.geometry), ...(image ? [image] : [])];
  return [
    ...unknownReader(reading),
    ...[refuses, disagree, addsIntercept, unoriented].flatMap((check) =>
      mergedFindings(check, files, reading),
    ),
  ];
}

function unknownReader({ geometry, inForce: { unknown, ending } }: CaseReading): Finding[] {
  if (!unknown) return [];
  const isPlans = unknown.by === "plans";
  const names = isPlans
    ? `The plans name ${unknown.name} as image_reader_writer`
    : `dataset.json names ${unknown.name} as overwrite_image_reader_writer`;
  const other = Object.hasOwn(OTHER_READERS, unknown.name) ? OTHER_READERS[unknown.name] : undefined;
  if (other && !other.endings.includes(ending)) {
    const remedy = isPlans
      ? "Remove overwrite_image_reader_writer from dataset.json, if it is there, and plan again"
      : "Remove that key";
    return [
      finding(
        "error",
        "reader-other-format",
        `${unknown.name} does not read ${ending} files`,
        `nnU-Net stops at the first file: ${names.replace(/^The/, "the")}, its reader for ${other.of} (${list(other.endings)}), which does not read ` +
          `${ending} files. Regionscope uses ${geometry.reader}. ${remedy}, so that nnU-Net chooses by the file ending.`,
      ),
    ];
  }
  const does = isPlans
    ? "it stops (“Unable to find reader writer class”)"
    : "it also chooses by the file ending";
  return [
    finding(
      "warning",
      "reader-unknown",
      `The reader ${unknown.name} is not known`,
      `${names}, a reader that Regionscope does not know, so it uses ${geometry.reader}. If nnU-Net has no such class, ${does}; if it has one, ` +
        `voxels may lie elsewhere than here. ${isPlans ? "Correct the name and plan again" : "Correct the name"}, unless it is your own reader.`,
    ),
  ];
}

/** Groups files whose sentences differ only in the file names. */
function mergedFindings(check: Check, files: readonly FileGeometry[], reading: CaseReading): Finding[] {
  const alike = new Map<string, FileGeometry[]>();
  for (const file of files) {
    const nameless = check(file, { names: "", count: 1 }, reading).map(({ message }) => message);
    const key = nameless.join("\n");
    alike.set(key, [...(alike.get(key) ?? []), file]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    const named = { names: list(group.map(({ file }) => baseName(file))), count: group.length };
    return first ? check(first, named, reading) : [];
  });
}

const refuses: Check = (file, named, { geometry, inForce }) => {
  const { refusal } = placementBy(file, geometry.reader);
  if (!refusal) return [];
  return [
    finding(
      "error",
      "reader-refuses",
      `${geometry.reader} rejects ${briefly(named)}`,
      refusalText(refusal, file, named, { geometry, inForce }),
    ),
  ];
};

function refusalText(
  refusal: Refusal,
  file: FileGeometry,
  { names, count }: Named,
  { geometry, inForce }: CaseReading,
): string {
  const { itk, nibabel } = file;
  const { ending, rule, usual } = inForce;
  const what = rule === "ending" ? ending : "this dataset";
  const reads = rule === "chosen" ? "nnU-Net would read it" : `nnU-Net reads ${what}`;
  // Only planning reads dataset.json; later steps use the reader from the plans.
  const name = (reader: string) =>
    `name ${reader} as overwrite_image_reader_writer in dataset.json${rule === "plans" ? " and plan again" : ""}`;
  const goBack = placementBy(file, usual).refusal
    ? null
    : `Go back to ${usual}, which nnU-Net would use and which reads ${count === 1 ? "it" : "them"}.`;
  switch (refusal.kind) {
    case "not-orthonormal":
    case "singular":
    case "nifti-2": {
      // Only a dataset folder tells which training image comes first.
      const unless =
        rule === "ending" && geometry.firstImage === null
          ? ", unless it is the first training image: then nnU-Net reads the whole dataset with NibabelIO"
          : "";
      const remedy = REMEDY_ITK[refusal.kind];
      return (
        `${reads} with SimpleITK, which rejects ${names} ${WHY_ITK[refusal.kind]}. Preprocessing stops there${unless}. ` +
        (goBack ?? `${nibabel.refusal ? capital(remedy) : `${capital(name("NibabelIO"))}, or ${remedy}`}.`)
      );
    }
    case "compression": {
      const [is, both] = refusal.gzip
        ? ["is gzip data but is not named .gz", "both SimpleITK and nibabel go by the ending"]
        : [
            "is named .gz but is not a gzip file",
            "nibabel says “is not a gzip file”, but SimpleITK reads it",
          ];
      const remedy = refusal.gzip
        ? `Rename ${count === 1 ? "it" : "them"} to end in .nii.gz, or unpack ${count === 1 ? "it" : "them"}`
        : `Compress ${count === 1 ? "it" : "them"} with gzip, or rename all image and label files to .nii`;
      const each = count === 1 ? is : is.replace(/\bis /g, "are ").replace("a gzip file", "gzip files");
      return `${reads} with ${geometry.reader}, which rejects ${names}: ${count === 1 ? "it" : "they"} ${each} (${both}). ${remedy}.`;
    }
    case "format": {
      const why = isItk(geometry.reader) ? `ITK does not read ${refusal.format}` : "it reads only NIfTI";
      const other = itk.refusal ? "" : `, or ${name("SimpleITKIO")}`;
      return (
        `${reads} with ${geometry.reader}, which rejects ${names} because ${why}. ` +
        (goBack ?? `Save images and labels as .nii.gz${other}.`)
      );
    }
    case "dimensions": {
      const remedy = itk.refusal ? "" : `, or ${name("SimpleITKIO")}`;
      const needs = isItk(geometry.reader) ? "at least two dimensions" : "exactly three dimensions";
      return (
        `${reads} with ${geometry.reader}, which rejects ${names} because it needs ${needs}, but dim[0] is ` +
        `${refusal.dimensions}. ${goBack ?? `Save images and labels with three dimensions${remedy}.`}`
      );
    }
  }
}

/** Reports files that only one library reads, or that both place differently. */
const disagree: Check = (file, { names, count }, { geometry, inForce }) => {
  const { itk, nibabel, unit } = file;
  // Without orientation forms the two never agree; `no-orientation` covers that case.
  if (nibabel.refusal?.kind === "compression") {
    // `reader-refuses` already covers what the active reader rejects.
    if (itk.refusal || !isItk(geometry.reader)) return [];
    return [
      warning(
        `${briefly({ names, count })} ${pluralForm(count, "is", "are")} named .gz but not compressed`,
        `${names} ${pluralForm(count, "is named .gz but is not a gzip file", "are named .gz but are not gzip files")}: SimpleITK reads ${pluralForm(count, "it", "them")} anyway, but ` +
          `nibabel rejects ${pluralForm(count, "it", "them")} (“is not a gzip file”). ${inUse(geometry.reader)} Compress ${pluralForm(count, "it", "them")} with gzip, or rename all image and label files to .nii.`,
      ),
    ];
  }
  if (file.unoriented || nibabel.refusal?.kind === "format") return [];
  const { reader } = geometry;
  if (itk.refusal) {
    const { kind } = itk.refusal;
    if (isItk(reader) || kind === "format" || kind === "dimensions" || kind === "compression") return [];
    const first = inForce.rule === "first image" ? geometry.firstImage : null;
    const why = first
      ? `. Because it rejects the first training image, ${baseName(first.file)}, nnU-Net prints a traceback and reads the whole dataset with ${reader}.`
      : `; ${reader} reads ${pluralForm(count, "it", "them")}.`;
    return [
      warning(
        `SimpleITK rejects ${briefly({ names, count })}`,
        `SimpleITK rejects ${names} ${WHY_ITK[kind]}${why} Other programs based on ITK reject ${pluralForm(count, "it", "them")} too: to open ${pluralForm(count, "it", "them")} there, ${REMEDY_ITK[kind]}.`,
      ),
    ];
  }
  if (unit) {
    return [
      warning(
        `The lengths of ${briefly({ names, count })} are in ${unit}`,
        `The header of ${names} gives lengths in ${unit} (xyzt_units): SimpleITK converts them, which gives slices of ` +
          `${valueText(spacingMm(itk.grid)[0])} mm, but nibabel does not, which gives ${valueText(spacingMm(nibabel.grid)[0])} mm. ` +
          `${inUse(geometry.reader)} Write the lengths of images and labels, and xyzt_units, in mm.`,
      ),
    ];
  }
  if (sameGrid(itk.grid, nibabel.grid)) return [];
  // `NibabelIO` passes on the header's zooms regardless of the affine.
  const [lengths, fields, resampling] =
    itk.from === nibabel.from
      ? [
          " with the lengths of pixdim",
          `the ${itk.from} and pixdim`,
          " nnU-Net resamples by pixdim with both SimpleITKIO and NibabelIO;",
        ]
      : ["", "qform, sform and pixdim", ""];
  return [
    warning(
      `SimpleITK and nibabel place ${briefly({ names, count })} differently`,
      `SimpleITK and nibabel read the ${pluralForm(count, "header", "headers")} of ${names} differently: SimpleITK uses ` +
        `the ${fieldText(file, itk)}${lengths}, nibabel the ${fieldText(file, nibabel)}, so ${differences(itk, nibabel)}.` +
        `${resampling} ${inUse(geometry.reader)} Make ${fields} agree in images and labels, and keep the correct values.`,
    ),
  ];
};

function warning(title: string, message: string): Finding {
  return finding("warning", "readers-disagree", title, message);
}

function inUse(reader: string): string {
  return `${reader} is in use.`;
}

function differences(itk: Placement, nibabel: Placement): string {
  const difference = gridDifference(itk.grid, nibabel.grid);
  const axes = difference.spacingAxes;
  const pairs = lengthsApart(axes, spacingMm(itk.grid), spacingMm(nibabel.grid));
  const lengths = pairs.map(([a, b], i) => {
    // One pair may stand for all axes.
    const along = axesText(pairs.length < axes.length ? axes : axes.slice(i, i + 1));
    return `${a} or ${b} mm long along the ${along}`;
  });
  const corners = `corners are up to ${amount(difference.cornerMm)} mm apart`;
  const voxels = lengths.length > 0 ? [`voxels are ${list(lengths)}`] : [];
  return list([...voxels, ...movedText(difference), corners]);
}

const addsIntercept: Check = ({ itk: { intercept } }, { names, count }, { geometry }) => {
  if (intercept === 0) return [];
  return [
    warning(
      `SimpleITK adds ${valueText(intercept)} to the values of ${briefly({ names, count })}`,
      `SimpleITK adds the scl_inter of ${names}, ${valueText(intercept)}, to every value, but nibabel does not, because scl_slope is 0. ` +
        `${inUse(geometry.reader)} Write scl_inter 0 if the stored values are right, otherwise scl_slope 1.`,
    ),
  ];
};

const unoriented: Check = (file, { names, count }, { geometry }) => {
  if (!file.unoriented) return [];
  const without = file.codes ? "qform_code and sform_code are 0" : "the header names no patient space";
  const turned = turnsToRas(geometry.reader) ? ", reoriented to RAS" : "";
  const { refusal } = placementBy(file, "SimpleITKIO");
  const asItk = refusal?.kind === "format" ? "" : ", as SimpleITK does";
  const assumed =
    isItk(geometry.reader) || !file.codes
      ? `left-posterior-superior${file.codes ? " from 0" : ""}${asItk}${turned}`
      : `left-anterior-superior with 0 in the middle, as nibabel does${turned}`;
  return [
    finding(
      "info",
      "no-orientation",
      `${briefly({ names, count })} ${pluralForm(count, "has", "have")} no orientation`,
      `${names} ${pluralForm(count, "does not give its orientation", "do not give their orientation")} in the patient (${without}); Regionscope assumes ${assumed}. ` +
        "Left and right may be swapped. nnU-Net trains anyway; if sides matter, copy the header of the original scan.",
    ),
  ];
};
