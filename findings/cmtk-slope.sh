#!/usr/bin/env bash
# CMTK reads NIfTI without its scaling: CT loses 1024 HU, and labels are the stored numbers.
#
# Versions   cmtk 3.3.1p2+dfsg-2+b1, python3-nibabel 5.0.0-2 (Debian 12; convertx, statistics)
# Guess      A voxel's value is scl_slope times the stored number plus scl_inter, unless scl_slope is 0, as the standard has it. A
#            program that converts or counts takes that value; one that only copied the numbers would copy the scaling, too.
# Behaviour  convertx takes the stored numbers for the values and writes slope 1 and intercept 0, so that air at -1024 HU is 0
#            from then on, and labels 0 2 4 6, stored as 0 1 2 3, are 0 1 2 3; statistics counts the stored numbers. Neither
#            says so.
# Seen       what stands between the lines EXPECTED below: values as nibabel reads them
#
# What it means here: Regionscope and nnU-Net apply the scaling, so CMTK makes other labels of such a file, perhaps those that
# dataset.json means: the finding `header-scales-labels` says what the header does to them.
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
      cmtk=3.3.1p2+dfsg-2+b1 python3-nibabel=5.0.0-2
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)

cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";

// NIfTI-1, 4 x 3 x 2 voxels, int16, 1 mm, qform and sform, with a scaling.
const [, , name, slope, intercept, ...numbers] = process.argv;
const file = Buffer.alloc(352 + 48);
file.writeInt32LE(348, 0);
[3, 4, 3, 2, 1, 1, 1, 1].forEach((length, at) => file.writeInt16LE(length, 40 + 2 * at));
file.writeInt16LE(4, 70);
file.writeInt16LE(16, 72);
[1, 1, 1, 1, 1, 1, 1, 1].forEach((mm, at) => file.writeFloatLE(mm, 76 + 4 * at));
file.writeFloatLE(352, 108);
file.writeFloatLE(Number(slope), 112);
file.writeFloatLE(Number(intercept), 116);
file[123] = 2;
file.writeInt16LE(1, 252);
file.writeInt16LE(1, 254);
[1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0].forEach((mm, at) => file.writeFloatLE(mm, 280 + 4 * at));
file.write("n+1\0", 344, "latin1");
for (let voxel = 0; voxel < 24; voxel++) file.writeInt16LE(Number(numbers[voxel % numbers.length]), 352 + 2 * voxel);
writeFileSync(name, file);
JS

cat >show.py <<'PY'
import sys

import nibabel
import numpy

image = nibabel.load(sys.argv[1])
values = " ".join(f"{value:g}" for value in numpy.unique(image.dataobj))
print(f"  {sys.argv[2]}: slope {image.dataobj.slope:g}, intercept {image.dataobj.inter:g}, values {values}")
PY

cat >expected <<'EXPECTED'
ct.nii
  the file: slope 1, intercept -1024, values -1024 0 76 976
  convertx: slope 1, intercept 0, values 0 1024 1100 2000
  statistics: from 0 to 2000
labels.nii
  the file: slope 2, intercept 0, values 0 2 4 6
  convertx: slope 1, intercept 0, values 0 1 2 3
  statistics: from 0 to 3
EXPECTED

export HOME=$folder LD_LIBRARY_PATH=$libraries
python=root/usr/bin/python3
[ -x "$python" ] || python=/usr/bin/python3
show() { # file, and what made it
  PYTHONPATH=$folder/root/usr/lib/python3/dist-packages:$folder/root/usr/lib/python3.11 "$python" show.py "$@"
}
for name in ct labels; do
  if [ "$name" = ct ]; then
    node make.mjs ct.nii 1 -1024 0 1024 1100 2000
  else
    node make.mjs labels.nii 2 0 0 1 2 3
  fi
  root/usr/lib/cmtk/bin/convertx "$name.nii" "$name-cmtk.nii.gz"
  echo "$name.nii"
  show "$name.nii" "the file"
  show "$name-cmtk.nii.gz" convertx
  root/usr/lib/cmtk/bin/statistics "$name.nii" | awk 'NR == 3 { print "  statistics: from", $1 + 0, "to", $2 + 0 }'
done >seen
cat seen
diff expected seen
echo "As found."
