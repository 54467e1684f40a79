/**
 * The files that the monkey opens: a small case with faults in its definition, so that there is something to
 * repair.
 */
import { writeNifti } from "../../src/formats/testing/write-nifti.ts";

const DIMS = [40, 36, 32] as const;
const PIXDIM = [1, 1.5, 1.5, 2];

/** In the form in which Playwright gives files to the page. */
interface CaseFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Labels 1 to 6 as blocks with a hole, an image, a definition with overlapping regions, and plans. */
export function monkeyCase(): CaseFile[] {
  const labels = voxels((x, y, z) => {
    const block = 1 + (x >= 20 ? 1 : 0) + (y >= 18 ? 2 : 0) + (z >= 24 ? 2 : 0);
    const isInside = x > 3 && x < 36 && y > 3 && y < 32 && z > 2 && z < 29;
    return isInside && (x * 7 + y * 5 + z * 3) % 41 !== 0 ? block : 0;
  });
  const image = voxels((x, y, z) => (x * 6 + y * 3 + z * 2 + ((x * y * z) % 17)) & 255);
  const dataset = {
    channel_names: { "0": "CT" },
    labels: { background: 0, all: [1, 2, 3, 4, 5, 6], left: [1, 3, 5], upper: [5, 6], core: [2], empty: [] },
    // The first value is that of a label in another region, and one region has no value.
    regions_class_order: [1, 3, 5, 2],
    numTraining: 1,
    file_ending: ".nii",
  };
  const strides = [
    [1, 1, 1],
    [2, 2, 2],
    [2, 2, 2],
  ];
  const plans = {
    configurations: {
      "3d_fullres": {
        patch_size: [24, 24, 24],
        batch_size: 2,
        spacing: [2, 1.5, 1.5],
        resampling_fn_seg: "resample_data_or_seg_to_shape",
        resampling_fn_seg_kwargs: { is_seg: true, order: 1, order_z: 0, force_separate_z: null },
        architecture: { arch_kwargs: { strides } },
      },
    },
  };
  return [
    file("case_001.nii", labels),
    file("case_001_0000.nii", image),
    file("dataset.json", JSON.stringify(dataset, null, 4)),
    file("nnUNetPlans.json", JSON.stringify(plans)),
  ];
}

function voxels(value: (x: number, y: number, z: number) => number): Uint8Array {
  const values = new Uint8Array(DIMS[0] * DIMS[1] * DIMS[2]);
  let at = 0;
  for (let z = 0; z < DIMS[2]; z++)
    for (let y = 0; y < DIMS[1]; y++) for (let x = 0; x < DIMS[0]; x++) values[at++] = value(x, y, z);
  return writeNifti({ dims: DIMS, values, type: "uint8", pixdim: PIXDIM });
}

function file(name: string, content: Uint8Array | string): CaseFile {
  return { name, mimeType: "", buffer: Buffer.from(content) };
}
