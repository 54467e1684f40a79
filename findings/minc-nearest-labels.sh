#!/usr/bin/env bash
# MINC's tools resample labels with nearest neighbour, or only cut slices out, and label 3 comes back as 2.991 or 3.212.
#
# Versions   minc-tools 2.3.00+dfsg-10 (Debian 12; nii2mnc, mincresample, mincreshape, mnc2nii)
# Guess      Nearest neighbour, onto the volume's own grid, copies labels, and so does cutting out slices. Both files are of
#            unsigned bytes, and MINC says in each file what its bytes mean, so that the same numbers come out.
# Behaviour  What is written is spread anew over the bytes, and rounded: by mincresample in each slice from that slice's
#            smallest value to its largest, by mincreshape over all slices together. Bytes from 0 to 117 for labels up to 7
#            make 2.991 of label 3, in that slice and in no other; bytes from 0 to 255 for labels up to 117 make 0.918 of
#            label 1. Neither tool says so. nii2mnc and mnc2nii keep labels, and so does `mincresample -keep_real_range`.
# Seen       what stands between the lines EXPECTED below: the values of each slice, read back as NIfTI
#
# What it means here: such a file has values that are no labels, and nnU-Net refuses it. Regionscope says so (`values-not-integer`),
# but interpolation, which fractions mostly come from, has no part in these, and nearest neighbour once more does not help.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Debian's packages, and what they need that is missing here, are unpacked into the folder and not installed; apt's lists and
# cache are there too.
mkdir -p lists/partial cache/archives/partial root
cat >apt.conf <<CONF
Dir::State::Lists "$folder/lists";
Dir::Cache "$folder/cache";
APT::Sandbox::User "root";
Debug::NoLocking "true";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
{
  apt-get -c apt.conf update &&
    apt-get -c apt.conf install --download-only --reinstall -y --no-install-recommends minc-tools=2.3.00+dfsg-10
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)

cat >nifti.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";

const TYPES = { 2: "UInt8", 16: "FloatLE" };
const SLICES = [[0, 1], [0, 1, 3], [0, 3, 5, 7], [0, 1, 41, 117]];
const [, , task, name] = process.argv;

if (task === "make") {
  // NIfTI-1, 4 x 3 x 4 voxels, uint8, 1 mm, qform and sform; every slice has labels of its own.
  const file = Buffer.alloc(352 + 48);
  file.writeInt32LE(348, 0);
  [3, 4, 3, 4, 1, 1, 1, 1].forEach((length, at) => file.writeInt16LE(length, 40 + 2 * at));
  file.writeInt16LE(2, 70);
  file.writeInt16LE(8, 72);
  [1, 1, 1, 1, 1, 1, 1, 1].forEach((mm, at) => file.writeFloatLE(mm, 76 + 4 * at));
  file.writeFloatLE(352, 108);
  file.writeFloatLE(1, 112);
  file[123] = 2;
  file.writeInt16LE(1, 252);
  file.writeInt16LE(1, 254);
  [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0].forEach((mm, at) => file.writeFloatLE(mm, 280 + 4 * at));
  file.write("n+1\0", 344, "latin1");
  for (let voxel = 0; voxel < 48; voxel++) {
    const labels = SLICES[Math.floor(voxel / 12)];
    file[352 + voxel] = labels[voxel % labels.length];
  }
  writeFileSync(name, file);
} else {
  const file = readFileSync(name);
  const type = file.readInt16LE(70);
  const bytes = file.readInt16LE(72) / 8;
  const [slope, from] = [file.readFloatLE(112) || 1, file.readFloatLE(108)];
  const value = (voxel) => file[`read${TYPES[type]}`](from + voxel * bytes) * slope + file.readFloatLE(116);
  const slices = Array.from({ length: file.readInt16LE(46) }, (_, slice) => {
    const values = new Set(Array.from({ length: 12 }, (_, voxel) => Math.round(value(12 * slice + voxel) * 1000) / 1000));
    return [...values].sort((a, b) => a - b).join(" ");
  });
  console.log(`${name}: ${slices.join(" | ")}`);
}
JS

cat >expected <<'EXPECTED'
labels.nii: 0 1 | 0 1 3 | 0 3 5 7 | 0 1 41 117
same.nii: 0 1 | 0 1 3 | 0 3 5 7 | 0 1 41 117
nearest.nii: 0 1 | 0 1 3 | 0 2.991 5.026 7 | 0 1 41 117
kept.nii: 0 1 | 0 1 3 | 0 3 5 7 | 0 1 41 117
cut.nii: 0 0.918 3.212 | 0 3.212 5.047 6.882 | 0 0.918 40.835 117
EXPECTED

minc() { # tool, then its words
  HOME=$folder LD_LIBRARY_PATH=$libraries "root/usr/bin/$1" "${@:2}" >>minc.log 2>&1
}
show() { # MINC file
  minc mnc2nii "$1" "${1%.mnc}.nii"
  node nifti.mjs show "${1%.mnc}.nii"
}
node nifti.mjs make labels.nii
minc nii2mnc labels.nii same.mnc
minc mincresample -nearest_neighbour -like same.mnc same.mnc nearest.mnc
minc mincresample -nearest_neighbour -keep_real_range -like same.mnc same.mnc kept.mnc
minc mincreshape -start 1,0,0 -count 3,3,4 same.mnc cut.mnc
{
  node nifti.mjs show labels.nii
  for name in same nearest kept cut; do show "$name.mnc"; done
} >seen
cat seen
diff expected seen
echo "As found."
