#!/usr/bin/env bash
# Connectome Workbench: a label above 2^24 keeps its key in the label table, but its voxels get another number.
#
# Versions   connectome-workbench 1.5.0-2+b1 (Debian 12; wb_command -volume-label-import)
# Guess      Input, output and keys are 32-bit integers, so voxels, keys and names stay together.
# Behaviour  Between one int32 file and the other, voxels are rounded to 32-bit floats; keys of the table are not. Label
#            614454277 is written as 614454272, label 16777217 as 16777216. The table then has both: the name from the
#            list at a key that no voxel has, and a made-up LABEL_614454272 at the one that voxels have. The command ends
#            well and says nothing. Labels up to 2^24 are kept.
# Seen       what stands between the lines EXPECTED below
#
# What it means here: Regionscope takes names and colours from exactly this table. An atlas with numbers of this size shows a named
# label without voxels after Workbench, and a nameless one that has them; a dataset.json with the atlas' own numbers misses them.
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
    apt-get -c apt.conf install --download-only --reinstall -y --no-install-recommends connectome-workbench=1.5.0-2+b1
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)

cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";

// NIfTI-1, 4 x 1 x 1 voxels, int32, 1 mm, sform.
const file = Buffer.alloc(352 + 16);
file.writeInt32LE(348, 0);
[3, 4, 1, 1, 1, 1, 1, 1].forEach((length, at) => file.writeInt16LE(length, 40 + 2 * at));
file.writeInt16LE(8, 70);
file.writeInt16LE(32, 72);
[1, 1, 1, 1, 1, 1, 1, 1].forEach((mm, at) => file.writeFloatLE(mm, 76 + 4 * at));
file.writeFloatLE(352, 108);
file.writeFloatLE(1, 112);
file[123] = 2;
file.writeInt16LE(1, 254);
[1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0].forEach((mm, at) => file.writeFloatLE(mm, 280 + 4 * at));
file.write("n+1\0", 344, "latin1");
[0, 1605, 16777217, 614454277].forEach((label, at) => file.writeInt32LE(label, 352 + 4 * at));
writeFileSync("labels.nii", file);
writeFileSync(
  "list.txt",
  "cortex\n1605 255 0 0 255\nthalamus\n16777217 0 255 0 255\nventricle\n614454277 0 0 255 255\n",
);
JS

cat >seen.mjs <<'JS'
import { readFileSync } from "node:fs";

const file = readFileSync("named.nii");
const from = file.readFloatLE(108);
console.log(`data type ${file.readInt16LE(70)}, slope ${file.readFloatLE(112)}`);
console.log(`voxels ${[0, 1, 2, 3].map((at) => file.readInt32LE(from + 4 * at)).join(" ")}`);
const table = file.subarray(352, from).toString("latin1");
for (const [, key, name] of table.matchAll(/<Label Key="([^"]+)"[^>]*><!\[CDATA\[(.*?)\]\]>/g)) console.log(`key ${key}: ${name}`);
JS

cat >expected <<'EXPECTED'
data type 8, slope 1
voxels 0 1605 16777216 614454272
key 0: ???
key 1605: cortex
key 16777216: LABEL_16777216
key 16777217: thalamus
key 614454272: LABEL_614454272
key 614454277: ventricle
EXPECTED

node make.mjs
HOME=$folder TMPDIR=$folder LD_LIBRARY_PATH=$libraries root/usr/bin/wb_command -volume-label-import labels.nii list.txt named.nii
node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
