#!/usr/bin/env bash
# Plastimatch, from labels to RTSTRUCT and back: a cavity is filled, and what is one voxel thick at the border is gone.
#
# Versions   plastimatch 1.9.4+dfsg.2-0+deb12u1 (Debian 12; plastimatch convert)
# Guess      Contours around voxels, read back onto the grid that they were drawn on, give the same voxels, as nothing is resampled. If
#            something is lost, it is thin: a line or a single voxel, wherever it lies. A hole has a contour of its own.
# Behaviour  Thin structures come back whole within the volume. In its outermost row, a line or plate that is one voxel thick has no
#            contour that closes, and is left out of the file; two voxels thick, it comes back whole. A hole has its own contour, but
#            the reader joins contours by or, and so fills it, unless it is told `--xor-contours`. Nothing is said of either. Through
#            plastimatch's own contour format (CXT) the result is the same.
# Seen       what stands between the lines EXPECTED below
#
# What it means here: labels that went through RTSTRUCT count the lumen of a vessel or the bladder in its wall, so that regions differ from
# those of the file before, and Compare shows it; what a case cuts off at its border may be missing from the dataset without a trace.
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
    apt-get -c apt.conf install --download-only --reinstall -y --no-install-recommends \
      plastimatch=1.9.4+dfsg.2-0+deb12u1
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)
dictionary=$(find "$folder/root" -name dicom.dic)

cat >volume.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";

const SIZE = [24, 24, 12];
// First and last voxel, i j k. The hollow cube's cavity is the box below it.
const PARTS = {
  "wall of a hollow cube": [2, 2, 2, 10, 10, 9],
  "its cavity": [5, 5, 4, 7, 7, 7],
  "line, one voxel thick": [14, 2, 5, 14, 11, 5],
  "one voxel": [16, 16, 6, 16, 16, 6],
  "plate at the border, one voxel thick": [23, 10, 3, 23, 13, 5],
  "plate at the border, two voxels thick": [22, 16, 3, 23, 19, 5],
  "one voxel in a corner": [0, 0, 5, 0, 0, 5],
};
const inBox = ([i0, j0, k0, i1, j1, k1], i, j, k) =>
  i >= i0 && i <= i1 && j >= j0 && j <= j1 && k >= k0 && k <= k1;
const partOf = (...voxel) =>
  Object.keys(PARTS).findLast((name) => inBox(PARTS[name], ...voxel)) ?? "anything else";
const each = (visit) => {
  for (let k = 0; k < SIZE[2]; k++)
    for (let j = 0; j < SIZE[1]; j++) for (let i = 0; i < SIZE[0]; i++) visit(i, j, k, i + SIZE[0] * (j + SIZE[1] * k));
};

const [, , task, ...given] = process.argv;
if (task === "make") {
  const [name, type, value] = given;
  // NIfTI-1, uint8 (2) or int16 (4), 1 x 1 x 2 mm, qform and sform.
  const bytes = Number(type) / 2;
  const file = Buffer.alloc(352 + bytes * SIZE[0] * SIZE[1] * SIZE[2]);
  file.writeInt32LE(348, 0);
  [3, ...SIZE, 1, 1, 1, 1].forEach((length, at) => file.writeInt16LE(length, 40 + 2 * at));
  file.writeInt16LE(Number(type), 70);
  file.writeInt16LE(8 * bytes, 72);
  [1, 1, 1, 2, 1, 1, 1, 1].forEach((mm, at) => file.writeFloatLE(mm, 76 + 4 * at));
  file.writeFloatLE(352, 108);
  file.writeFloatLE(1, 112);
  file[123] = 2;
  file.writeInt16LE(1, 252);
  file.writeInt16LE(1, 254);
  [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0].forEach((mm, at) => file.writeFloatLE(mm, 280 + 4 * at));
  file.write("n+1\0", 344, "latin1");
  each((i, j, k, at) => {
    const isSet = !["its cavity", "anything else"].includes(partOf(i, j, k));
    file.writeIntLE(isSet ? Number(value) : 0, 352 + bytes * at, bytes);
  });
  writeFileSync(name, file);
} else {
  const counts = Object.fromEntries([...Object.keys(PARTS), "anything else"].map((part) => [part, given.map(() => 0)]));
  given.forEach((name, column) => {
    const file = readFileSync(name);
    const bytes = file.readInt16LE(72) / 8;
    each((i, j, k, at) => {
      if (file.readUIntLE(file.readFloatLE(108) + bytes * at, bytes) !== 0) counts[partOf(i, j, k)][column] += 1;
    });
  });
  for (const [part, found] of Object.entries(counts)) console.log(`${part}: ${found.join(", ")}`);
}
JS

cat >expected <<'EXPECTED'
voxels of the labels, and through RTSTRUCT, RTSTRUCT with --xor-contours, CXT
wall of a hollow cube: 612, 612, 612, 612
its cavity: 0, 36, 0, 36
line, one voxel thick: 10, 10, 10, 10
one voxel: 1, 1, 1, 1
plate at the border, one voxel thick: 12, 0, 0, 0
plate at the border, two voxels thick: 24, 24, 24, 24
one voxel in a corner: 1, 0, 0, 0
anything else: 0, 0, 0, 0
EXPECTED

plastimatch() {
  HOME=$folder LD_LIBRARY_PATH=$libraries DCMDICTPATH=$dictionary root/usr/bin/plastimatch "$@" >convert.log
}
back() { # where to, then how to read
  plastimatch convert "${@:2}" --output-prefix "$1" --prefix-format nii
}
node volume.mjs make labels.nii 2 1
node volume.mjs make image.nii 4 100
plastimatch convert --input image.nii --input-ss-img labels.nii --output-dicom dicom
plastimatch convert --input-ss-img labels.nii --output-cxt labels.cxt
back rtstruct --input dicom
back xor --input dicom --xor-contours
back cxt --input-cxt labels.cxt --fixed image.nii
{
  echo "voxels of the labels, and through RTSTRUCT, RTSTRUCT with --xor-contours, CXT"
  node volume.mjs count labels.nii rtstruct/*.nii xor/*.nii cxt/*.nii
} >seen
cat seen
diff expected seen
echo "As found."
