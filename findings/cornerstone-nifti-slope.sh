#!/usr/bin/env bash
# Cornerstone3D's NIfTI loader applies the header's scaling only if slope and intercept are both set: CT is off by 1024.
#
# Versions   @cornerstonejs/nifti-volume-loader 5.0.13 (helpers/modalityScaleNifti, which the loader calls for every file)
# Guess      A value is slope times what is stored, plus the intercept, as NIfTI says, unless the slope is 0 or not a number. An
#            intercept without a change of scale counts, and so does a slope without an intercept.
# Behaviour  Nothing is scaled if the slope is 1 or the intercept 0. A CT with slope 1 and intercept -1024, as many scanners
#            write it and dcm2niix hands it on, keeps the stored numbers: air is 0, and water 1024. Labels 0 1 2 that are
#            stored as 0 100 200 with slope 0.01 are 0 100 200. The type of the array is chosen for values after scaling
#            (Float32Array for 0.01), so that it looks as if it had been done. With slope 2 and intercept -1024 it is done.
# Seen       what stands between the lines EXPECTED below
#
# What it means here: nnU-Net and Regionscope scale as NIfTI says, so image values, windows and label numbers differ from a viewer
# built on Cornerstone3D, and header-scales-labels names numbers that such a viewer does not show.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --cache="$folder/npm" --silent --no-audit --no-fund --ignore-scripts \
  @cornerstonejs/nifti-volume-loader@5.0.13 @cornerstonejs/core@5.0.13 nifti-reader-js@0.8.0 esbuild@0.25.12

cat >loader.js <<'JS'
import modalityScaleNifti from "@cornerstonejs/nifti-volume-loader/helpers/modalityScaleNifti";
import { isNIFTI, readHeader, readImage } from "nifti-reader-js";

const cases = [
  ["CT", 1, -1024, [0, 1024, 2024]],
  ["CT", 2, -1024, [0, 512, 1012]],
  ["CT", Number.NaN, 0, [-1024, 0, 1000]],
  ["labels", 0.01, 0, [0, 100, 200]],
  ["labels", 1, 1, [-1, 0, 1]],
  ["labels", 0, 0, [0, 1, 2]],
];
for (const [name, slope, intercept, stored] of cases) {
  // NIfTI-1, 3 x 1 x 1 voxels of int16.
  const file = new DataView(new ArrayBuffer(352 + 6));
  file.setInt32(0, 348, true);
  [3, 3, 1, 1, 1, 1, 1, 1].forEach((length, at) => file.setInt16(40 + 2 * at, length, true));
  file.setInt16(70, 4, true);
  file.setInt16(72, 16, true);
  [1, 1, 1, 1].forEach((mm, at) => file.setFloat32(76 + 4 * at, mm, true));
  file.setFloat32(108, 352, true);
  file.setFloat32(112, slope, true);
  file.setFloat32(116, intercept, true);
  [0x6e, 0x2b, 0x31].forEach((letter, at) => file.setUint8(344 + at, letter));
  stored.forEach((value, at) => file.setInt16(352 + 2 * at, value, true));

  // As the loader does it with what it has fetched.
  if (!isNIFTI(file.buffer)) throw new Error("not a NIfTI file");
  const header = readHeader(file.buffer);
  const { scalarData } = modalityScaleNifti(header, readImage(header, file.buffer));
  const none = !(Math.abs(slope) > 0);
  const meant = stored.map((value) => (none ? value : value * slope + intercept));
  const words = `${name} stored as ${stored.join(" ")}, slope ${slope}, intercept ${intercept}`;
  console.log(`${words}: ${scalarData.constructor.name} ${scalarData.join(" ")}, NIfTI means ${meant.join(" ")}`);
}
process.exit(0);
JS

cat >expected <<'EXPECTED'
CT stored as 0 1024 2024, slope 1, intercept -1024: Int16Array 0 1024 2024, NIfTI means -1024 0 1000
CT stored as 0 512 1012, slope 2, intercept -1024: Int16Array -1024 0 1000, NIfTI means -1024 0 1000
CT stored as -1024 0 1000, slope NaN, intercept 0: Int16Array -1024 0 1000, NIfTI means -1024 0 1000
labels stored as 0 100 200, slope 0.01, intercept 0: Float32Array 0 100 200, NIfTI means 0 1 2
labels stored as -1 0 1, slope 1, intercept 1: Int16Array -1 0 1, NIfTI means 0 1 2
labels stored as 0 1 2, slope 0, intercept 0: Int16Array 0 1 2, NIfTI means 0 1 2
EXPECTED

# The package is made for bundlers, and for pages, so `window` must be there.
node_modules/.bin/esbuild loader.js --bundle --platform=node --format=esm --log-level=error --outfile=seen.mjs \
  --banner:js='globalThis.window = globalThis.self = globalThis;'
node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
