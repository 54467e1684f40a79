#!/usr/bin/env bash
# ITK reads case.nii.gz with the voxels of case.nii, if that lies in the same folder.
#
# Versions   @itk-wasm/image-io 1.6.1 (ITK's own reader as WebAssembly), nifti-bin 3.0.1-9, python3-nibabel 5.0.0-2 (Debian 12)
# Guess      The file that is named is the file that is read. Another one with a similar name plays no part.
# Behaviour  ITK and nifti_tool, both with niftilib, take the header from the file that is named. For the voxels they look for a
#            file with the same name up to its ending, .nii before .nii.gz, and take the first that is there. The result has the
#            voxel size and the type of case.nii.gz, and the labels of case.nii, without a word. If the types differ, bytes are
#            taken for labels: 0 1 2 3 in 16 bits become 0 0 1 0. Nibabel reads the file that is named. This is issue 2243 of
#            ITK and 129 of nifti_clib, both of 2021.
# Seen       what stands between the lines EXPECTED below
#
# What it means here: after `gunzip -k`, or a second export, in labelsTr or imagesTr nnU-Net trains on the voxels of the old file
# with SimpleITKIO, its reader for .nii.gz, though it lists the new one alone. Regionscope reads the file that is opened.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --cache="$folder/npm" --silent --no-audit --no-fund --ignore-scripts @itk-wasm/image-io@1.6.1

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
      nifti-bin=3.0.1-9 python3-nibabel=5.0.0-2
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)

cat >files.py <<'PY'
import sys

import nibabel
import numpy


def save(name, values, kind, mm):
    labels = numpy.array(values, kind).reshape(4, 1, 1)
    nibabel.save(nibabel.Nifti1Image(labels, numpy.diag([mm, mm, mm, 1])), name)


if sys.argv[1] == "make":
    for name in ("alone", "same-type", "other-type"):
        save(f"{name}.nii.gz", [7, 8, 9, 7], "uint8", 2)
    save("same-type.nii", [0, 1, 2, 3], "uint8", 1)
    save("other-type.nii", [0, 1, 2, 3], "int16", 1)
else:
    image = nibabel.load(sys.argv[1])
    voxels = numpy.asanyarray(image.dataobj)
    print(f"  nibabel: {image.header.get_zooms()[0]:g} mm, {voxels.dtype}, {' '.join(map(str, voxels.ravel()))}")
PY

cat >seen.mjs <<'JS'
import { readImageNode } from "@itk-wasm/image-io";

const { imageType, spacing, data } = await readImageNode(process.argv[2]);
console.log(`  itk: ${spacing[0]} mm, ${imageType.componentType}, ${data.join(" ")}`);
process.exit(0);
JS

cat >expected <<'EXPECTED'
alone.nii.gz, 7 8 9 7
  nibabel: 2 mm, uint8, 7 8 9 7
  nifti_tool: 7 8 9 7
  itk: 2 mm, uint8, 7 8 9 7
same-type.nii.gz, 7 8 9 7, beside same-type.nii, 0 1 2 3
  nibabel: 2 mm, uint8, 7 8 9 7
  nifti_tool: 0 1 2 3
  itk: 2 mm, uint8, 0 1 2 3
other-type.nii.gz, 7 8 9 7, beside other-type.nii, 0 1 2 3
  nibabel: 2 mm, uint8, 7 8 9 7
  nifti_tool: 0 0 1 0
  itk: 2 mm, uint8, 0 0 1 0
EXPECTED

python=root/usr/bin/python3
[ -x "$python" ] || python=/usr/bin/python3
export HOME=$folder LD_LIBRARY_PATH=$libraries
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages:$folder/root/usr/lib/python3.11
"$python" files.py make
for name in alone same-type other-type; do
  beside=""
  [ ! -e $name.nii ] || beside=", beside $name.nii, 0 1 2 3"
  echo "$name.nii.gz, 7 8 9 7$beside"
  "$python" files.py $name.nii.gz
  root/usr/bin/nifti_tool -quiet -disp_ci -1 0 0 0 0 0 0 -infiles $name.nii.gz | xargs echo "  nifti_tool:"
  LD_LIBRARY_PATH="" node seen.mjs $name.nii.gz
done >seen
cat seen
diff expected seen
echo "As found."
