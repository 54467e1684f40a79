#!/usr/bin/env bash
# ITK's interpolation between drawn slices leaves out what is thin: a lesion of 2 x 2 voxels stays on the slices it was drawn on.
#
# Versions   @itk-wasm/morphological-contour-interpolation 2.0.0, and 1.1.0, which @cornerstonejs/labelmap-interpolation 4.19.0
#            runs (ITK's filter as WebAssembly)
# Guess      Every label that is drawn on two slices is filled in between, the more surely the more alike its two outlines are.
#            What is small or narrow is filled like what is large; that a slice next to a drawn one is drawn too does no harm.
# Behaviour  A slice counts as drawn only if at least one voxel has its own label on both sides along both axes of the slice, and
#            on neither side across it. Two equal squares of 2 x 2, a vessel two voxels wide and a wall one voxel thick never do,
#            nor do two drawn slices that touch. They come back as they went in, without an error, also with `axis` and `label`
#            given. A larger piece of the same label anywhere on the slice makes them be filled; one of another label does not,
#            so that the organ around a lesion is filled and has a hole where the lesion should be. What tapers to 2 x 2 is not
#            filled either. With `useCustomSlicePositions` and the slices listed, everything is filled.
# Seen       what stands between the lines EXPECTED below: voxels of labels 1 and 2 on slices 0 to 6; 1 and 5 were drawn, if the
#            name says nothing else
#
# What it means here: labels that were drawn on every few slices arrive with gaps, in lesions and vessels alone. Survival shows
# each drawn slice as a component of its own, and such single slices vanish at the first scale that skips them.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --cache="$folder/npm" --silent --no-audit --no-fund --ignore-scripts \
  fill-2.0.0@npm:@itk-wasm/morphological-contour-interpolation@2.0.0 \
  fill-1.1.0@npm:@itk-wasm/morphological-contour-interpolation@1.1.0

cat >seen.mjs <<'JS'
const { morphologicalContourInterpolationNode } = await import(`fill-${process.argv[2]}`);

const [width, depth] = [20, 7];
const box = (x, y, fromX, toX, fromY = fromX, toY = toX) => x >= fromX && x < toX && y >= fromY && y < toY;
const at = (slices, inside) => (x, y, z) => (slices.includes(z) ? Number(inside(x, y)) : 0);
const drawn = (inside) => at([1, 5], inside);
const large = (x, y) => box(x, y, 1, 7);
const lesion = (x, y) => box(x, y, 10, 12);
const listed = {
  useCustomSlicePositions: true,
  labeledSliceIndicesAxis: 2,
  labeledSliceIndicesLabel: 1,
  labeledSliceIndices: [1, 5],
};
const cases = [
  ["3 x 3", drawn((x, y) => box(x, y, 10, 13))],
  ["cross of 5 voxels", drawn((x, y) => Math.abs(x - 10) + Math.abs(y - 10) < 2)],
  ["2 x 2", drawn(lesion)],
  ["2 x 2, with axis and label", drawn(lesion), { axis: 2, label: 1 }],
  ["2 x 2, with slices listed", drawn(lesion), listed],
  ["2 x 12", drawn((x, y) => box(x, y, 10, 12, 4, 16))],
  ["wall of 1 voxel", drawn((x, y) => Math.max(Math.abs(x - 10), Math.abs(y - 10)) === 5)],
  ["4 x 4 on slice 1, 2 x 2 on 5", (x, y, z) => (z === 1 ? Number(box(x, y, 9, 13)) : z === 5 ? Number(lesion(x, y)) : 0)],
  ["2 x 2 and 6 x 6", drawn((x, y) => lesion(x, y) || large(x, y))],
  ["2 x 2 of label 2, 6 x 6 of 1", drawn((x, y) => (lesion(x, y) ? 2 : large(x, y)))],
  ["2 x 2 of label 2 inside of 1", drawn((x, y) => (lesion(x, y) ? 2 : box(x, y, 6, 16)))],
  ["6 x 6 on slices 1, 2 and 5", at([1, 2, 5], large)],
  ["6 x 6 on slices 1, 3 and 5", at([1, 3, 5], large)],
];

for (const [name, label, options] of cases) {
  const data = Uint8Array.from({ length: width * width * depth }, (_, voxel) =>
    label(voxel % width, Math.floor(voxel / width) % width, Math.floor(voxel / width ** 2)),
  );
  const { outputImage } = await morphologicalContourInterpolationNode(
    {
      imageType: { dimension: 3, componentType: "uint8", pixelType: "Scalar", components: 1 },
      name: "labels",
      origin: [0, 0, 0],
      spacing: [1, 1, 1],
      direction: new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, 1]),
      size: [width, width, depth],
      data,
      metadata: new Map(),
    },
    options,
  );
  const counts = (wanted) =>
    Array.from({ length: depth }, (_, z) =>
      outputImage.data.subarray(z * width ** 2, (z + 1) * width ** 2).reduce((sum, found) => sum + (found === wanted), 0),
    ).join(" ");
  console.log(`${name}: ${counts(1)}${data.includes(2) ? ` and ${counts(2)}` : ""}`);
}
process.exit(0);
JS

cat >expected <<'EXPECTED'
3 x 3: 0 9 9 9 9 9 0
cross of 5 voxels: 0 5 5 5 5 5 0
2 x 2: 0 4 0 0 0 4 0
2 x 2, with axis and label: 0 4 0 0 0 4 0
2 x 2, with slices listed: 0 4 4 4 4 4 0
2 x 12: 0 24 0 0 0 24 0
wall of 1 voxel: 0 40 0 0 0 40 0
4 x 4 on slice 1, 2 x 2 on 5: 0 16 0 0 0 4 0
2 x 2 and 6 x 6: 0 40 40 40 40 40 0
2 x 2 of label 2, 6 x 6 of 1: 0 36 36 36 36 36 0 and 0 4 0 0 0 4 0
2 x 2 of label 2 inside of 1: 0 96 96 96 96 96 0 and 0 4 0 0 0 4 0
6 x 6 on slices 1, 2 and 5: 0 36 36 0 0 36 0
6 x 6 on slices 1, 3 and 5: 0 36 36 36 36 36 0
EXPECTED

for version in 2.0.0 1.1.0; do
  node seen.mjs "$version" >seen
  echo "version $version"
  cat seen
  diff expected seen
done
echo "As found."
