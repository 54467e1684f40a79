#!/usr/bin/env bash
# Plastimatch's Dice of a label file with itself is 0 where the label is 1024, and 1 where it is 1025.
#
# Versions   plastimatch 1.9.4+dfsg.2-0+deb12u1 (Debian 12; plastimatch dice)
# Guess      Dice is asked of two masks, and what is not 0 is in the mask, whatever the number: a file of one structure has a Dice
#            of 1 with itself. Where a number does not fit a smaller type, plastimatch takes the largest of that type, as
#            `plastimatch convert --output-type uchar` does.
# Behaviour  Both files are read as unsigned bytes, which keep a number's last eight bits: 255, 257, 1023 and 1025 are in the
#            mask; 256, 1024, 2048 are 0 and so background. A file of such a label alone has no voxel in the mask and a Dice
#            of 0; beside other labels it is missed, and a file without it has a Dice of 1 with one that has it. The command
#            ends well and says nothing. `convert` makes 255 of the same label, after which it counts.
# Seen       what stands between the lines EXPECTED below
#
# What it means here: label files with an atlas' own numbers reach 1024, which is the left precentral gyrus in FreeSurfer's table.
# Compare asks every region by its labels, whatever their size, so its Dice is another one than plastimatch gives for such a pair.
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

cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";

// NIfTI-1, 4 x 4 x 4 voxels, int16, 1 mm, qform and sform: background on one side, on the other the labels in turn.
const [, , name, ...labels] = process.argv;
const file = Buffer.alloc(352 + 128);
file.writeInt32LE(348, 0);
[3, 4, 4, 4, 1, 1, 1, 1].forEach((length, at) => file.writeInt16LE(length, 40 + 2 * at));
file.writeInt16LE(4, 70);
file.writeInt16LE(16, 72);
[1, 1, 1, 1, 1, 1, 1, 1].forEach((mm, at) => file.writeFloatLE(mm, 76 + 4 * at));
file.writeFloatLE(352, 108);
file.writeFloatLE(1, 112);
file[123] = 2;
file.writeInt16LE(1, 252);
file.writeInt16LE(1, 254);
[1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0].forEach((mm, at) => file.writeFloatLE(mm, 280 + 4 * at));
file.write("n+1\0", 344, "latin1");
for (let voxel = 32; voxel < 64; voxel++) file.writeInt16LE(Number(labels[voxel % labels.length]), 352 + 2 * voxel);
writeFileSync(name, file);
JS

cat >expected <<'EXPECTED'
1: TP 32 TN 32 FN 0 FP 0 DICE 1.000000
255: TP 32 TN 32 FN 0 FP 0 DICE 1.000000
256: TP 0 TN 64 FN 0 FP 0 DICE 0.000000
257: TP 32 TN 32 FN 0 FP 0 DICE 1.000000
1023: TP 32 TN 32 FN 0 FP 0 DICE 1.000000
1024: TP 0 TN 64 FN 0 FP 0 DICE 0.000000
1025: TP 32 TN 32 FN 0 FP 0 DICE 1.000000
2048: TP 0 TN 64 FN 0 FP 0 DICE 0.000000
1024 after convert: TP 32 TN 32 FN 0 FP 0 DICE 1.000000
1023 and 1024 beside 1023 alone: TP 16 TN 48 FN 0 FP 0 DICE 1.000000
EXPECTED

plastimatch() { HOME=$folder LD_LIBRARY_PATH=$libraries root/usr/bin/plastimatch "$@"; }
dice() { # words, then two files
  plastimatch dice "$2" "$3" >dice.log
  echo "$1: $(sed -nE 's/^(TP|TN|FN|FP|DICE): +/\1 /p' dice.log | paste -sd' ')"
}
{
  for label in 1 255 256 257 1023 1024 1025 2048; do
    node make.mjs labels.nii "$label"
    dice "$label" labels.nii labels.nii
  done
  node make.mjs labels.nii 1024
  plastimatch convert --input labels.nii --output-img bytes.nii --output-type uchar >convert.log
  dice "1024 after convert" bytes.nii bytes.nii
  node make.mjs one.nii 1023 1024
  node make.mjs other.nii 1023 0
  dice "1023 and 1024 beside 1023 alone" one.nii other.nii
} >seen
cat seen
diff expected seen
echo "As found."
