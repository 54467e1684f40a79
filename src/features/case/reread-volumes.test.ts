/** Tests what becomes of the nonzero mask when another reader, or other plans, reorder a case. */
import { expect, test, vi } from "vitest";
import type { Triple } from "../../domain/geometry/grid.ts";
import { IDENTITY } from "../../domain/geometry/transpose.ts";
import type { AxisOrder } from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { type Reordering, reorderImage, reorderSource } from "../../domain/reader/reorder.ts";
import { type NonzeroMask, transposeMask } from "../../domain/training-grid/nonzero-mask.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { open } from "../../formats/testing/opening.ts";
import { gzip, inputFile, type NiftiOptions, writeNifti } from "../../formats/testing/write-nifti.ts";
import { readAnew } from "./reread-volumes.ts";

// Does what the worker does, without a worker.
vi.mock("../../workers/reader.ts", () => ({
  reorderInWorker: async (source: Source, image: ImageVolume, ofSource: Reordering, ofImage: Reordering) => ({
    source: reorderSource(source, ofSource),
    image: reorderImage(image, ofImage),
  }),
  reorderMaskInWorker: async (mask: NonzeroMask, { axes, backwards }: AxisOrder) =>
    transposeMask(mask, axes, backwards),
}));

const dims = [4, 3, 2];
const TURNED = [-1, 0, 0, 4, 0, 1, 0, 0, 0, 0, 1, 0];
const volume = (path: string, at: number, more: Partial<NiftiOptions> = {}) => {
  const values = Array.from({ length: 24 }, (_, i) => (i === at ? 1 : 0));
  return inputFile(path, gzip(writeNifti({ dims, values, sform: TURNED, ...more })));
};
const filesOf = (second: Partial<NiftiOptions> = {}) => [
  volume("labelsTr/a.nii.gz", 5),
  volume("imagesTr/a_0000.nii.gz", 4),
  volume("imagesTr/a_0001.nii.gz", 14, second),
];
const WANTED = { reader: null, chosen: null, transpose: IDENTITY };

async function reread(
  files: ReturnType<typeof filesOf>,
  wanted: { readonly reader?: Reader; readonly transpose?: Triple },
) {
  const opened = await open(files, { reader: "NibabelIO" });
  const { source } = opened;
  if (!source) throw new Error("nothing opened");
  return (await readAnew({ ...opened, source }, { ...WANTED, ...wanted }, new AbortController().signal))
    .nonzero;
}

test.each([
  ["the same reader", {}, [0, 0, 0], [2, 2, 3]],
  ["a reader that turns axes", { reader: "NibabelIOWithReorient" }, [0, 0, 1], [2, 2, 3]],
  ["plans that transpose", { transpose: [2, 0, 1] as Triple }, [0, 0, 0], [3, 2, 2]],
] as const)("%s: the mask is where the image is", async (_, wanted, first, shape) => {
  expect(await reread(filesOf(), wanted)).toMatchObject({ kind: "known", mask: { box: { first, shape } } });
});

test("a reader that turns one channel only leaves the mask unknown, plans do not", async () => {
  const files = filesOf({ sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] });
  expect(await reread(files, { reader: "NibabelIOWithReorient" })).toMatchObject({
    kind: "unknown",
    reason: "Open the files again: the chosen reader reads the image's channels differently.",
  });
  expect(await reread(files, { transpose: [1, 0, 2] })).toMatchObject({ kind: "known" });
});
