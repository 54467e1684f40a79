#!/usr/bin/env bash
# ODIN's miconv stretches the labels of an integer volume over the whole range of their type, and writes no slope.
#
# Versions   odin 2.0.5-3+b1 (Debian 12; miconv, in the package mitools)
# Guess      From NIfTI to NIfTI with one data type, nothing needs scaling: the same numbers come out. Were they stored
#            otherwise, scl_slope and scl_inter would lead back to them.
# Behaviour  The smallest value becomes the smallest of the type and the largest the largest: labels 0 1 2 4 come out as
#            0 64 128 255 in uint8, and as -32768 -16384 -1 32767 in int16, where the background is -32768 and no voxel
#            is 0. The header says slope 1 (or 0, which means none), so nothing leads back. A volume in float32 is left
#            alone, and so is one in uint8 that has both 0 and 255. `-noscale` keeps labels.
# Seen       what stands between the lines EXPECTED below
#
# What it means here: Regionscope shows such a file as it is, with labels that no dataset.json names, and background that is a label.
# Which numbers come out depends on the case: the same organ has another number in every one.
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
    apt-get -c apt.conf install --download-only --reinstall -y --no-install-recommends mitools=2.0.5-3+b1
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)

cat >nifti.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";

const TYPES = { 2: "UInt8", 4: "Int16LE", 16: "FloatLE" };
const [, , task, name, code, ...labels] = process.argv;

if (task === "make") {
  // NIfTI-1, as many voxels as labels along i, 2 x 2 of them along j and k, 1 mm, sform.
  const bytes = { 2: 1, 4: 2, 16: 4 }[code];
  const file = Buffer.alloc(352 + 4 * labels.length * bytes);
  file.writeInt32LE(348, 0);
  [3, labels.length, 2, 2, 1, 1, 1, 1].forEach((length, at) => file.writeInt16LE(length, 40 + 2 * at));
  file.writeInt16LE(Number(code), 70);
  file.writeInt16LE(8 * bytes, 72);
  [1, 1, 1, 1, 1, 1, 1, 1].forEach((mm, at) => file.writeFloatLE(mm, 76 + 4 * at));
  file.writeFloatLE(352, 108);
  file.writeFloatLE(1, 112);
  file[123] = 2;
  file.writeInt16LE(1, 254);
  [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0].forEach((mm, at) => file.writeFloatLE(mm, 280 + 4 * at));
  file.write("n+1\0", 344, "latin1");
  for (let voxel = 0; voxel < 4 * labels.length; voxel++) {
    file[`write${TYPES[code]}`](Number(labels[voxel % labels.length]), 352 + voxel * bytes);
  }
  writeFileSync(name, file);
} else {
  const file = readFileSync(name);
  const type = file.readInt16LE(70);
  const bytes = file.readInt16LE(72) / 8;
  const values = [];
  for (let at = file.readFloatLE(108); at < file.length; at += bytes) values.push(file[`read${TYPES[type]}`](at));
  const unscaled = [0, 1].includes(file.readFloatLE(112)) && file.readFloatLE(116) === 0;
  const set = [...new Set(values)].sort((a, b) => a - b);
  console.log(`${name}: type ${type}, ${unscaled ? "no scaling" : "a scaling"}, values ${set.join(" ")}`);
}
JS

cat >expected <<'EXPECTED'
uint8.nii: type 2, no scaling, values 0 64 128 255
uint8-full.nii: type 2, no scaling, values 0 1 2 255
int16.nii: type 4, no scaling, values -32768 -16384 -1 32767
int16-other.nii: type 4, no scaling, values -32768 -32727 -32686 32767
float32.nii: type 16, no scaling, values 0 1 2 4
noscale.nii: type 4, no scaling, values 0 1 2 4
EXPECTED

convert() { # name of the result, data type, labels, then options of miconv
  local name=$1 code=$2 labels=$3
  shift 3
  # shellcheck disable=SC2086 # one word a label
  node nifti.mjs make in.nii "$code" $labels
  HOME=$folder LD_LIBRARY_PATH=$libraries root/usr/bin/miconv "$@" in.nii "$name" >miconv.log 2>&1
  node nifti.mjs show "$name"
}
{
  convert uint8.nii 2 "0 1 2 4"
  convert uint8-full.nii 2 "0 1 2 255"
  convert int16.nii 4 "0 1 2 4"
  convert int16-other.nii 4 "0 1 2 1605"
  convert float32.nii 16 "0 1 2 4"
  convert noscale.nii 4 "0 1 2 4" -noscale
} >seen
cat seen
diff expected seen
echo "As found."
