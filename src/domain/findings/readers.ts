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
const REPAIR_ITK = {
  "not-orthonormal": "resample image and labels to a straight grid",
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

type Say = (file: FileGeometry, named: Named, reading: CaseReading) => Finding[];

export function readerFindings(reading: CaseReading): Finding[] {
  const { image } = reading.geometry;
  const files = [...labelFiles(reading.geometry), ...(image ? [image] : [])];
  return [
    ...unknownReader(reading),
    ...[refuses, disagree, addsIntercept, unoriented].flatMap((say) => saidTogether(say, files, reading)),
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
      ? "Take overwrite_image_reader_writer out of dataset.json, if it is there, and plan again"
      : "Take that key out";
    return [
      finding(
        "error",
        "reader-other-format",
        `nnU-Net stops at the first file: ${names.replace(/^The/, "the")}, its reader of ${other.of} (${list(other.endings)}), which does not read ` +
          `${ending} files. ${geometry.reader} is in use here. ${remedy}, so that nnU-Net goes by the file ending.`,
      ),
    ];
  }
  const does = isPlans
    ? "stops (“Unable to find reader writer class”) where it has no such class"
    : "goes by the file ending too where it has no such class";
  return [
    finding(
      "warning",
      "reader-unknown",
      `${names}, a reader that is not known here, so ${geometry.reader} is in use. nnU-Net ${does}; where it has, voxels may lie elsewhere ` +
        `than here. ${isPlans ? "Correct the name and plan again" : "Correct the name"}, unless the reader is one of your own.`,
    ),
  ];
}

/** Groups files whose sentences differ only in the file names. */
function saidTogether(say: Say, files: readonly FileGeometry[], reading: CaseReading): Finding[] {
  const alike = new Map<string, FileGeometry[]>();
  for (const file of files) {
    const nameless = say(file, { names: "", count: 1 }, reading).map(({ message }) => message);
    const key = nameless.join("\n");
    alike.set(key, [...(alike.get(key) ?? []), file]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    const named = { names: list(group.map(({ file }) => baseName(file))), count: group.length };
    return first ? say(first, named, reading) : [];
  });
}

const refuses: Say = (file, named, { geometry, inForce }) => {
  const { refusal } = placementBy(file, geometry.reader);
  if (!refusal) return [];
  return [finding("error", "reader-refuses", refusalText(refusal, file, named, { geometry, inForce }))];
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
    : `Go back to ${usual}, which nnU-Net takes and which reads ${count === 1 ? "it" : "them"}.`;
  switch (refusal.kind) {
    case "not-orthonormal":
    case "singular":
    case "nifti-2": {
      // Only a dataset folder tells which training image comes first.
      const unless =
        rule === "ending" && geometry.firstImage === null
          ? ", unless it is the first training image: then the whole dataset goes on with NibabelIO"
          : "";
      const repair = REPAIR_ITK[refusal.kind];
      return (
        `${reads} with SimpleITK, which refuses ${names} ${WHY_ITK[refusal.kind]}. Preprocessing stops there${unless}. ` +
        (goBack ?? `${nibabel.refusal ? capital(repair) : `${capital(name("NibabelIO"))}, or ${repair}`}.`)
      );
    }
    case "compression": {
      const [is, both] = refusal.gzip
        ? ["is gzip data and not named so", "SimpleITK and nibabel alike go by the ending"]
        : ["is named .gz and is no gzip file", "nibabel says “is not a gzip file”, and SimpleITK reads it"];
      const repair = refusal.gzip
        ? `Rename ${count === 1 ? "it" : "them"} to end in .nii.gz, or unpack ${count === 1 ? "it" : "them"}`
        : `Compress ${count === 1 ? "it" : "them"} with gzip, or rename all image and label files to .nii`;
      const each = count === 1 ? is : is.replace(/\bis /g, "are ").replace("no gzip file", "no gzip files");
      return `${reads} with ${geometry.reader}, which refuses ${names}: ${count === 1 ? "it" : "they"} ${each} (${both}). ${repair}.`;
    }
    case "format":
      return (
        `${reads} with ${geometry.reader}, which refuses ${names} because it takes NIfTI alone. ` +
        (goBack ?? `Save images and labels as .nii.gz, or ${name("SimpleITKIO")}.`)
      );
    case "dimensions": {
      const repair = itk.refusal ? "" : `, or ${name("SimpleITKIO")}`;
      const takes = isItk(geometry.reader) ? "two dimensions or more" : "three dimensions alone";
      return (
        `${reads} with ${geometry.reader}, which refuses ${names} because it takes ${takes} and dim[0] is ` +
        `${refusal.dimensions}. ${goBack ?? `Save images and labels with three dimensions${repair}.`}`
      );
    }
  }
}

/** Reports files that only one library reads, or that both place differently. */
const disagree: Say = (file, { names, count }, { geometry, inForce }) => {
  const { itk, nibabel, unit } = file;
  // Without orientation forms the two never agree; `no-orientation` covers that case.
  if (nibabel.refusal?.kind === "compression") {
    // `reader-refuses` already covers what the active reader rejects.
    if (itk.refusal || !isItk(geometry.reader)) return [];
    return [
      warning(
        `${names} ${pluralForm(count, "is named .gz and is no gzip file", "are named .gz and are no gzip files")}: SimpleITK reads ${pluralForm(count, "it", "them")} all the same, and ` +
          `nibabel refuses (“is not a gzip file”). ${inUse(geometry.reader)} Compress ${pluralForm(count, "it", "them")} with gzip, or rename all image and label files to .nii.`,
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
      ? `. As it refuses the first training image, ${baseName(first.file)}, nnU-Net prints a traceback and reads the whole dataset with ${reader}.`
      : `; ${reader} takes it.`;
    return [
      warning(
        `SimpleITK refuses ${names} ${WHY_ITK[kind]}${why} Programs based on ITK refuse it too: if it is to be opened there, ${REPAIR_ITK[kind]}.`,
      ),
    ];
  }
  if (unit) {
    return [
      warning(
        `The header of ${names} gives lengths in ${unit} (xyzt_units): SimpleITK converts them, to slices of ` +
          `${valueText(spacingMm(itk.grid)[0])} mm, and nibabel does not, so that they are ${valueText(spacingMm(nibabel.grid)[0])} mm. ` +
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
          " nnU-Net resamples by pixdim with SimpleITKIO and NibabelIO alike;",
        ]
      : ["", "qform, sform and pixdim", ""];
  return [
    warning(
      `SimpleITK and nibabel take the ${pluralForm(count, "header", "headers")} of ${names} differently: SimpleITK goes by ` +
        `the ${fieldText(file, itk)}${lengths}, nibabel by the ${fieldText(file, nibabel)}, so that ${differences(itk, nibabel)}.` +
        `${resampling} ${inUse(geometry.reader)} Make ${fields} agree in images and labels, and keep what is right.`,
    ),
  ];
};

function warning(message: string): Finding {
  return finding("warning", "readers-disagree", message);
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
  const corners = `corners lie up to ${amount(difference.cornerMm)} mm apart`;
  const voxels = lengths.length > 0 ? [`voxels are ${list(lengths)}`] : [];
  return list([...voxels, ...movedText(difference), corners]);
}

const addsIntercept: Say = ({ itk: { intercept } }, { names }, { geometry }) => {
  if (intercept === 0) return [];
  return [
    warning(
      `SimpleITK adds the scl_inter of ${names}, ${valueText(intercept)}, to every value, and nibabel does not, because scl_slope is 0. ` +
        `${inUse(geometry.reader)} Write scl_inter 0 if the values are right as they are stored, else scl_slope 1.`,
    ),
  ];
};

const unoriented: Say = (file, { names, count }, { geometry }) => {
  if (!file.unoriented) return [];
  const without = file.codes ? "qform_code and sform_code are 0" : "the header names no space of the patient";
  const turned = turnsToRas(geometry.reader) ? ", turned to RAS" : "";
  const taken =
    isItk(geometry.reader) || !file.codes
      ? `left-posterior-superior${file.codes ? " from 0" : ""} was taken, as SimpleITK does${turned}`
      : `left-anterior-superior with 0 in the middle was taken, as nibabel does${turned}`;
  return [
    finding(
      "info",
      "no-orientation",
      `${names} ${pluralForm(count, "does not say which way it lies", "do not say which way they lie")} in the patient (${without}); ${taken}. ` +
        "Left and right may be exchanged. nnU-Net trains all the same; if sides matter, copy the header of the original scan.",
    ),
  ];
};
