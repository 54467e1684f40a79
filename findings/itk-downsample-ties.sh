#!/usr/bin/env bash
# ITK-Wasm's downsampling of label images: whether a thin structure vanishes or doubles depends on the number of its label.
#
# Versions   @itk-wasm/downsample 2.0.2 (downsampleLabelImage)
# Guess      Labels are names: numbering them anew gives the same shapes with other numbers. A vote in which two labels are
#            level goes to one side or the other by place, so a plate two voxels thick stays one voxel thick at half the size.
# Behaviour  A level vote goes to the lower number. A plate two voxels thick that lies across the border of two blocks is
#            level in both: it is lost where its number is above that of what surrounds it, as with a background of 0, and is
#            twice as thick where its number is below. Moved by one voxel it is right with any number.
# Seen       what stands between the lines EXPECTED below: a row along the first axis at half the size
#
# What it means here: a majority by whole label maps, as this package takes it, is another rule than the majority in Survival,
# which asks every region by itself and counts exactly half as absent, so that numbers play no part. The same thin wall of a
# cyst or vessel survives in one and not in the other.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --cache="$folder/npm" --silent --no-audit --no-fund --ignore-scripts @itk-wasm/downsample@2.0.2

cat >seen.mjs <<'JS'
import { downsampleLabelImageNode } from "@itk-wasm/downsample";

const size = [16, 8, 8];

/** A volume of `around` with a plate of `plate` where the first index is one of `at`. */
function volume(plate, around, at) {
  const data = Uint8Array.from({ length: 16 * 8 * 8 }, (_, voxel) => (at.includes(voxel % 16) ? plate : around));
  return {
    imageType: { dimension: 3, componentType: "uint8", pixelType: "Scalar", components: 1 },
    name: "plate",
    origin: [0, 0, 0],
    spacing: [1, 1, 1],
    direction: new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, 1]),
    size,
    metadata: new Map(),
    data,
  };
}

for (const at of [[6, 7], [7, 8]]) {
  for (const [plate, around] of [[5, 0], [5, 9], [9, 5]]) {
    const { downsampled } = await downsampleLabelImageNode(volume(plate, around, at), { shrinkFactors: [2, 2, 2] });
    const rows = new Set();
    for (let from = 0; from < downsampled.data.length; from += downsampled.size[0]) {
      rows.add(downsampled.data.slice(from, from + downsampled.size[0]).join(" "));
    }
    console.log(`label ${plate} in ${around} at voxels ${at.join(" and ")}: ${[...rows].join(" / ")}`);
  }
}
process.exit(0);
JS

cat >expected <<'EXPECTED'
label 5 in 0 at voxels 6 and 7: 0 0 0 5 0 0 0 0
label 5 in 9 at voxels 6 and 7: 9 9 9 5 9 9 9 9
label 9 in 5 at voxels 6 and 7: 5 5 5 9 5 5 5 5
label 5 in 0 at voxels 7 and 8: 0 0 0 0 0 0 0 0
label 5 in 9 at voxels 7 and 8: 9 9 9 5 5 9 9 9
label 9 in 5 at voxels 7 and 8: 5 5 5 5 5 5 5 5
EXPECTED

node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
