#!/usr/bin/env bash
# A NIfTI file that was compressed by bgzip: nifti-reader-js and fflate give it back without its voxels, and say nothing.
#
# Versions   fflate 0.8.3, nifti-reader-js 0.8.0 (which unpacks with it)
# Guess      A gzip file may have several members, as bgzip, `pigz -i` and `cat a.gz b.gz` write them, and every unpacker
#            joins them. A library that takes one member alone refuses the rest, as DecompressionStream does. What the
#            synchronous and the asynchronous function of one library give back is the same.
# Behaviour  `gunzipSync` gives back the first member alone, cut to the length of the last: bgzip ends every file with an
#            empty member, so nothing at all comes back, without an error. nifti-reader-js's `decompress` gives as many bytes
#            as the last member has: none, or what fits of the first and then zeros, with which a header of its own member
#            passes for a file of background. `decompressAsync` and fflate's streaming `Gunzip` join all members.
# Seen       what stands between the lines EXPECTED below
#
# What it means here: Regionscope unpacks with the browser's own DecompressionStream, which refuses what follows the first
# member, and goes on with fflate's `Gunzip`; check sums and lengths of all members are compared there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --cache="$folder/npm" --silent --no-audit --no-fund --ignore-scripts fflate@0.8.3 nifti-reader-js@0.8.0

cat >seen.mjs <<'JS'
import { gunzipSync as zlib, gzipSync } from "node:zlib";
import { Gunzip, gunzipSync } from "fflate";
import { decompress, decompressAsync, isNIFTI } from "nifti-reader-js";

// A header of 352 bytes, and 1,000 voxels of label 1.
const header = Buffer.alloc(352);
header.writeInt32LE(348, 0);
[3, 10, 10, 10, 1, 1, 1, 1].forEach((length, i) => header.writeInt16LE(length, 40 + 2 * i));
header.writeInt16LE(2, 70);
header.writeInt16LE(8, 72);
header.writeFloatLE(352, 108);
header.write("n+1\0", 344, "latin1");
const voxels = Buffer.alloc(1000, 1);
const whole = Buffer.concat([header, voxels]);

const files = {
  "one member": [whole],
  "bgzip: one, and the empty end": [whole, Buffer.alloc(0)],
  "header and voxels in two": [header, voxels],
};
const streamed = (packed) => {
  const chunks = [];
  new Gunzip((chunk) => chunks.push(chunk)).push(packed, true);
  return Buffer.concat(chunks);
};
const text = (unpacked) => {
  const bytes = new Uint8Array(unpacked);
  const nifti = isNIFTI(bytes.slice().buffer) ? "a NIfTI file" : "no NIfTI file";
  return `${bytes.length} bytes, ${nifti}, ${bytes.slice(352).filter((value) => value === 1).length} voxels of label 1`;
};

for (const [name, members] of Object.entries(files)) {
  const packed = new Uint8Array(Buffer.concat(members.map((member) => gzipSync(member))));
  console.log(name);
  console.log(`  zlib             ${text(zlib(packed))}`);
  console.log(`  gunzipSync       ${text(gunzipSync(packed))}`);
  console.log(`  Gunzip           ${text(streamed(packed))}`);
  console.log(`  decompress       ${text(decompress(packed.buffer))}`);
  console.log(`  decompressAsync  ${text(await decompressAsync(packed.buffer))}`);
}
JS

cat >expected <<'EXPECTED'
one member
  zlib             1352 bytes, a NIfTI file, 1000 voxels of label 1
  gunzipSync       1352 bytes, a NIfTI file, 1000 voxels of label 1
  Gunzip           1352 bytes, a NIfTI file, 1000 voxels of label 1
  decompress       1352 bytes, a NIfTI file, 1000 voxels of label 1
  decompressAsync  1352 bytes, a NIfTI file, 1000 voxels of label 1
bgzip: one, and the empty end
  zlib             1352 bytes, a NIfTI file, 1000 voxels of label 1
  gunzipSync       0 bytes, no NIfTI file, 0 voxels of label 1
  Gunzip           1352 bytes, a NIfTI file, 1000 voxels of label 1
  decompress       0 bytes, no NIfTI file, 0 voxels of label 1
  decompressAsync  1352 bytes, a NIfTI file, 1000 voxels of label 1
header and voxels in two
  zlib             1352 bytes, a NIfTI file, 1000 voxels of label 1
  gunzipSync       352 bytes, a NIfTI file, 0 voxels of label 1
  Gunzip           1352 bytes, a NIfTI file, 1000 voxels of label 1
  decompress       1000 bytes, a NIfTI file, 0 voxels of label 1
  decompressAsync  1352 bytes, a NIfTI file, 1000 voxels of label 1
EXPECTED

node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
