#!/usr/bin/env bash
# A DICOM segmentation without its empty slices: three converters put the others in three places, and merge or stack segments.
#
# Versions   dcm2niix 1.0.20220720-1+deb12u1, vtk-dicom-tools 0.8.14-3.1, python3-pydicom 2.3.1-1, python3-nibabel 5.0.0-2,
#            dicom3tools 1.00~20220618093127-2 (Debian 12); @itk-wasm/image-io 1.6.1
# Guess      A converter that takes a segmentation (SEG) places every frame where the frame says it lies, puts background where
#            a slice has no frame, as SEG allows, and keeps segments apart or gives them numbers. One that cannot refuses.
# Behaviour  All three end well. Of one segment on slices at 2, 4 and 8 mm,
#              dcm2niix takes the spacing that the header gives: the slice from 8 mm lies at 6 mm;
#              dicomtonifti takes the mean: slices at 2, 5 and 8 mm;
#              ITK takes 1 mm: 2, 3 and 4 mm.
#            With every second slice, at 2, 6 and 10 mm, dcm2niix alone is wrong. Two segments on the same two slices become
#            four slices on top of each other with dcm2niix and ITK, and a fifth axis with dicomtonifti; if they are on different
#            slices, one object with all three. ITK gives 0 and 255. dcm2niix warns that one bit per voxel is experimental, the
#            others say nothing. Segments without a gap come out right.
# Seen       what stands between the lines EXPECTED below: shape, values, and the voxels at each height in mm; dciodvfy finds no
#            error in the files
#
# What it means here: nnU-Net and Regionscope take NIfTI, so segmentations of an archive are converted first. Labels then have
# fewer slices than the image, which is a finding (grid-mismatch); resampled to the image, as may seem to help, they lie on the
# wrong slices. A tool made for SEG (dcmqi, highdicom) is what to convert with.
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
    apt-get -c apt.conf install --download-only --reinstall -y --no-install-recommends dcm2niix=1.0.20220720-1+deb12u1 \
      vtk-dicom-tools=0.8.14-3.1 python3-pydicom=2.3.1-1 python3-nibabel=5.0.0-2 dicom3tools=1.00~20220618093127-2
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)

cat >make.py <<'PY'
import numpy
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.pixel_data_handlers.numpy_handler import pack_bits
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

ROOT = "1.2.826.0.1.3680043.8.498."  # pydicom's own
SIZE = 8


def items(*groups):
    sequence = []
    for group in groups:
        item = Dataset()
        for name, value in group.items():
            setattr(item, name, value)
        sequence.append(item)
    return Sequence(sequence)


def code(value, meaning):
    return items({"CodeValue": value, "CodingSchemeDesignator": "SCT", "CodeMeaning": meaning})


def write(name, frames):
    """Writes a file of (segment, slice) frames; slices are 2 mm apart and 2 mm thick."""
    voxels = numpy.zeros((len(frames), SIZE, SIZE), numpy.uint8)
    for frame, (segment, z) in enumerate(frames):
        voxels[frame, 2 : 3 + segment, 1 : 2 + z] = 1
    slices = sorted({z for _, z in frames})
    series = {
        "Modality": "SEG", "Manufacturer": "none", "ManufacturerModelName": "none", "DeviceSerialNumber": "1",
        "SoftwareVersions": "1", "SOPClassUID": "1.2.840.10008.5.1.4.1.1.66.4", "SOPInstanceUID": ROOT + "1",
        "StudyInstanceUID": ROOT + "2", "SeriesInstanceUID": ROOT + "3", "FrameOfReferenceUID": ROOT + "4",
        "PositionReferenceIndicator": "", "PatientName": "none^", "PatientID": "1", "PatientBirthDate": "", "PatientSex": "",
        "StudyID": "1", "StudyDate": "20200101", "StudyTime": "120000", "AccessionNumber": "", "ReferringPhysicianName": "",
        "SeriesNumber": 1, "InstanceNumber": 1, "ContentDate": "20200101", "ContentTime": "120000", "ContentLabel": "LABELS",
        "ContentDescription": "", "ContentCreatorName": "", "ImageType": ["DERIVED", "PRIMARY"], "LossyImageCompression": "00",
    }
    pixels = {
        "Rows": SIZE, "Columns": SIZE, "NumberOfFrames": len(frames), "SamplesPerPixel": 1, "BitsAllocated": 1,
        "BitsStored": 1, "HighBit": 0, "PixelRepresentation": 0, "PhotometricInterpretation": "MONOCHROME2",
        "SegmentationType": "BINARY", "PixelData": pack_bits(voxels.ravel()),
    }
    [file] = items(series | pixels)
    file.SegmentSequence = items(*(
        {
            "SegmentNumber": segment, "SegmentLabel": f"segment {segment}", "SegmentAlgorithmType": "MANUAL",
            "SegmentedPropertyCategoryCodeSequence": code("123037004", "Anatomical Structure"),
            "SegmentedPropertyTypeCodeSequence": code("10200004", "Liver"),
        }
        for segment in sorted({segment for segment, _ in frames})
    ))
    file.DimensionOrganizationSequence = items({"DimensionOrganizationUID": ROOT + "5"})
    file.DimensionIndexSequence = items(
        {"DimensionOrganizationUID": ROOT + "5", "DimensionIndexPointer": 0x0062000B, "FunctionalGroupPointer": 0x0062000A},
        {"DimensionOrganizationUID": ROOT + "5", "DimensionIndexPointer": 0x00200032, "FunctionalGroupPointer": 0x00209113},
    )
    file.SharedFunctionalGroupsSequence = items({
        "PlaneOrientationSequence": items({"ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}),
        "PixelMeasuresSequence": items({"PixelSpacing": [1, 1], "SliceThickness": 2, "SpacingBetweenSlices": 2}),
    })
    file.PerFrameFunctionalGroupsSequence = items(*(
        {
            "PlanePositionSequence": items({"ImagePositionPatient": [0, 0, 2 * z]}),
            "SegmentIdentificationSequence": items({"ReferencedSegmentNumber": segment}),
            "FrameContentSequence": items({"DimensionIndexValues": [segment, slices.index(z) + 1]}),
        }
        for segment, z in frames
    ))
    file.file_meta = FileMetaDataset()
    file.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    file.is_little_endian, file.is_implicit_VR = True, False
    file.save_as(name, write_like_original=False)
    said = (f"segment {segment} {2 * z} mm {voxels[frame].sum()}" for frame, (segment, z) in enumerate(frames))
    with open(name.replace(".dcm", ".said"), "w") as file:
        print(f"{name}: {', '.join(said)}", file=file)


write("whole.dcm", [(1, 1), (1, 2), (1, 3)])
write("gap.dcm", [(1, 1), (1, 2), (1, 4)])
write("second.dcm", [(1, 1), (1, 3), (1, 5)])
write("both.dcm", [(1, 1), (1, 2), (2, 1), (2, 2)])
write("apart.dcm", [(1, 1), (1, 2), (2, 3)])
PY

cat >seen.py <<'PY'
import sys

import nibabel
import numpy

for program in ("dcm2niix", "dicomtonifti"):
    image = nibabel.load(f"{sys.argv[1]}-{program}.nii")
    voxels = numpy.asanyarray(image.dataobj)
    shape = " x ".join(map(str, voxels.shape))
    values = " ".join(map(str, numpy.unique(voxels)))
    counts = (voxels != 0).sum((0, 1)).reshape(voxels.shape[2], -1)
    placed = ", ".join(
        f"{image.affine[2, 3] + z * image.affine[2, 2]:g} mm {' and '.join(map(str, row))}" for z, row in enumerate(counts)
    )
    print(f"  {program}: {shape}, values {values}: {placed}")
PY

cat >seen.mjs <<'JS'
import { readImageNode } from "@itk-wasm/image-io";

const { size, origin, spacing, data } = await readImageNode(`${process.argv[2]}.dcm`);
const voxels = size[0] * size[1];
const placed = Array.from({ length: size[2] }, (_, z) => {
  const inside = data.subarray(z * voxels, (z + 1) * voxels).filter((value) => value !== 0).length;
  return `${origin[2] + z * spacing[2]} mm ${inside}`;
});
const values = [...new Set(data)].sort((a, b) => a - b).join(" ");
console.log(`  itk: ${size.join(" x ")}, values ${values}: ${placed.join(", ")}`);
process.exit(0);
JS

cat >expected <<'EXPECTED'
whole.dcm: segment 1 2 mm 4, segment 1 4 mm 6, segment 1 6 mm 8
  dcm2niix: 8 x 8 x 3, values 0 1: 2 mm 4, 4 mm 6, 6 mm 8
  dicomtonifti: 8 x 8 x 3, values 0 1: 2 mm 4, 4 mm 6, 6 mm 8
  itk: 8 x 8 x 3, values 0 255: 2 mm 4, 4 mm 6, 6 mm 8
gap.dcm: segment 1 2 mm 4, segment 1 4 mm 6, segment 1 8 mm 10
  dcm2niix: 8 x 8 x 3, values 0 1: 2 mm 4, 4 mm 6, 6 mm 10
  dicomtonifti: 8 x 8 x 3, values 0 1: 2 mm 4, 5 mm 6, 8 mm 10
  itk: 8 x 8 x 3, values 0 255: 2 mm 4, 3 mm 6, 4 mm 10
second.dcm: segment 1 2 mm 4, segment 1 6 mm 8, segment 1 10 mm 12
  dcm2niix: 8 x 8 x 3, values 0 1: 2 mm 4, 4 mm 8, 6 mm 12
  dicomtonifti: 8 x 8 x 3, values 0 1: 2 mm 4, 6 mm 8, 10 mm 12
  itk: 8 x 8 x 3, values 0 255: 2 mm 4, 6 mm 8, 10 mm 12
both.dcm: segment 1 2 mm 4, segment 1 4 mm 6, segment 2 2 mm 6, segment 2 4 mm 9
  dcm2niix: 8 x 8 x 4, values 0 1: 2 mm 4, 4 mm 6, 6 mm 6, 8 mm 9
  dicomtonifti: 8 x 8 x 2 x 1 x 2, values 0 1: 2 mm 4 and 6, 4 mm 6 and 9
  itk: 8 x 8 x 4, values 0 255: 2 mm 4, 3 mm 6, 4 mm 6, 5 mm 9
apart.dcm: segment 1 2 mm 4, segment 1 4 mm 6, segment 2 6 mm 12
  dcm2niix: 8 x 8 x 3, values 0 1: 2 mm 4, 4 mm 6, 6 mm 12
  dicomtonifti: 8 x 8 x 3, values 0 1: 2 mm 4, 4 mm 6, 6 mm 12
  itk: 8 x 8 x 3, values 0 255: 2 mm 4, 4 mm 6, 6 mm 12
EXPECTED

python=root/usr/bin/python3
[ -x "$python" ] || python=/usr/bin/python3
export HOME=$folder LD_LIBRARY_PATH=$libraries
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages:$folder/root/usr/lib/python3.11
"$python" make.py
for name in whole gap second both apart; do
  root/usr/bin/dciodvfy $name.dcm >check 2>&1 || true
  if grep Error check; then exit 1; fi
  mkdir $name
  cp $name.dcm $name
  root/usr/bin/dcm2niix -f $name-dcm2niix -o . $name >>dcm2niix.log
  root/usr/bin/dicomtonifti -o $name-dicomtonifti.nii $name.dcm
  cat $name.said
  "$python" seen.py $name
  LD_LIBRARY_PATH="" node seen.mjs $name
done >seen
cat seen
diff expected seen
echo "As found."
