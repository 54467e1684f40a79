#!/usr/bin/env bash
# ITK-Wasm reads a MetaImage of MET_LONG with half of its voxels, each made of two labels.
#
# Versions   @itk-wasm/image-io 1.6.1
# Guess      MET_LONG is a 32-bit integer in MetaImage wherever it is read, as ITK's own table of the types has it; the file is
#            as good as one of MET_INT with the same bytes. If `long` were taken as 64 bits, the file would be too short and refused.
# Behaviour  The image comes back as int64 and of full size, without an error, but its data has 12 values for 24 voxels:
#            the 32-bit labels 0 and 1 are one voxel of 4294967296, 2 and 3 the next. MET_ULONG is read the same way. As
#            MET_INT and MET_UINT the same bytes come out as they are.
# Seen       what stands between the lines EXPECTED below
#
# What it means here: Regionscope takes NIfTI and NRRD, so .mha labels, which nnU-Net takes, are converted first, and in a browser
# ITK-Wasm is what converts. Labels beyond 2^32 out of nowhere, and half of the volume missing, come from there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --cache="$folder/npm" --silent --no-audit --no-fund --ignore-scripts @itk-wasm/image-io@1.6.1

cat >seen.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { readImageNode } from "@itk-wasm/image-io";

const labels = Buffer.from(Int32Array.from({ length: 2 * 3 * 4 }, (_, voxel) => voxel).buffer);
for (const type of ["MET_INT", "MET_UINT", "MET_LONG", "MET_ULONG"]) {
  const header = "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = False\n"
    + "TransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 0 0 0\nElementSpacing = 1 1 1\nDimSize = 2 3 4\n"
    + `ElementType = ${type}\nElementDataFile = LOCAL\n`;
  writeFileSync("labels.mha", Buffer.concat([Buffer.from(header), labels]));
  const { imageType, size, data } = await readImageNode("labels.mha");
  console.log(`${type}: ${imageType.componentType}, ${size.join(" x ")}, ${data.length} values: ${data.slice(0, 3).join(" ")} …`);
}
process.exit(0);
JS

cat >expected <<'EXPECTED'
MET_INT: int32, 2 x 3 x 4, 24 values: 0 1 2 …
MET_UINT: uint32, 2 x 3 x 4, 24 values: 0 1 2 …
MET_LONG: int64, 2 x 3 x 4, 12 values: 4294967296 12884901890 21474836484 …
MET_ULONG: uint64, 2 x 3 x 4, 12 values: 4294967296 12884901890 21474836484 …
EXPECTED

node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
