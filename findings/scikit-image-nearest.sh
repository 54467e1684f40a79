#!/usr/bin/env bash
# scikit-image's `resize` with order 0, nearest neighbour: of labels 0 1 2 7 it makes a label 6.
#
# Versions   python3-skimage 0.19.3-8, python3-nibabel 5.0.0-2 (Debian 12)
# Guess      Order 0 is nearest neighbour: every value of the result is one of the volume's, whatever the number type, as labels
#            need it. Smoothing against aliasing belongs to the orders that interpolate.
# Behaviour  Unless the volume is of type bool, `anti_aliasing` is on by default whenever a volume is made smaller, with order 0,
#            too: labels are blurred by a Gaussian first. In an integer type the averages are cut to whole numbers, so that
#            what comes out looks like labels: 6 where 7 meets 0, and a voxel of label 1 less. In floats, as nibabel's
#            `get_fdata` gives them, it is 6.252. Made larger, nothing is blurred; `anti_aliasing=False` keeps labels.
# Seen       what stands between the lines EXPECTED below: a row along the first axis
#
# What it means here: labels that were made smaller this way hold whole numbers that no annotator drew, a rim of them around every
# high label. Regionscope can only show them as unexpected, or as the organ that has the number. nnU-Net's own resampling, which
# the mode `resize-segmentation` follows, passes `anti_aliasing=False`.
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
      python3-skimage=0.19.3-8 python3-nibabel=5.0.0-2
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)

cat >seen.py <<'PY'
import nibabel
import numpy
from skimage.transform import resize

labels = numpy.zeros((12, 4, 4), numpy.uint8)
labels[2:6], labels[6:8], labels[8:10] = 1, 2, 7
nibabel.save(nibabel.Nifti1Image(labels, numpy.eye(4)), "labels.nii")
image = nibabel.load("labels.nii")


def row(volume):
    return " ".join(f"{round(float(value), 3):g}" for value in volume[:, 1, 1])


print(f"the file: {row(labels)}")
for name, volume in (("as stored", numpy.asanyarray(image.dataobj)), ("get_fdata", image.get_fdata())):
    print(f"{name}, {volume.dtype}")
    for size, options in ((6, {}), (6, {"anti_aliasing": False}), (24, {})):
        result = resize(volume, (size, 4, 4), order=0, mode="edge", preserve_range=True, **options)
        words = "".join(f", {key}={value}" for key, value in options.items())
        print(f"  to {size}, order=0{words}: {row(result)}")
PY

cat >expected <<'EXPECTED'
the file: 0 0 1 1 1 1 2 2 7 7 0 0
as stored, uint8
  to 6, order=0: 0 0 1 2 6 0
  to 6, order=0, anti_aliasing=False: 0 1 1 2 7 0
  to 24, order=0: 0 0 0 0 1 1 1 1 1 1 1 1 2 2 2 2 7 7 7 7 0 0 0 0
get_fdata, float64
  to 6, order=0: 0.107 1 1.107 2.533 6.252 0.002
  to 6, order=0, anti_aliasing=False: 0 1 1 2 7 0
  to 24, order=0: 0 0 0 0 1 1 1 1 1 1 1 1 2 2 2 2 7 7 7 7 0 0 0 0
EXPECTED

python=root/usr/bin/python3
[ -x "$python" ] || python=/usr/bin/python3
HOME=$folder LD_LIBRARY_PATH=$libraries PYTHONPATH=$folder/root/usr/lib/python3/dist-packages:$folder/root/usr/lib/python3.11 \
  "$python" seen.py >seen
cat seen
diff expected seen
echo "As found."
