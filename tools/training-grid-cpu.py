"""Times the calls of nnU-Net's label resampling on one volume: scikit-image's resize per label, scipy's map_coordinates.

Reads a job as JSON from standard input: `labels` (a file of one byte per voxel, C order), `shape`, `new_shape`,
`separate_axis` (0, or null). Writes JSON: milliseconds of the processor, and the SHA-256 of the result as bytes. Called by
tools/training-grid-speed.ts; Debian has the libraries in python3-skimage.
"""

import hashlib
import json
import sys
import time

import numpy as np
import scipy
import skimage
from scipy.ndimage import map_coordinates
from skimage.transform import resize


def resize_labels(labels, shape):
    result = np.zeros(shape)
    for label in np.unique(labels):
        mask = resize((labels == label).astype(float), shape, 1, mode="edge", clip=True, anti_aliasing=False)
        result[mask >= 0.5] = label
    return result


def resample(labels, shape, separate_axis):
    if separate_axis is None:
        return resize_labels(labels, shape)
    slices = np.stack([resize_labels(labels[z], shape[1:]) for z in range(labels.shape[0])])
    steps = [old / new for old, new in zip(slices.shape, shape)]
    coordinates = np.mgrid[tuple(slice(0, n) for n in shape)].astype(float)
    for axis, step in enumerate(steps):
        coordinates[axis] = step * (coordinates[axis] + 0.5) - 0.5
    return map_coordinates(slices, coordinates, order=0, mode="nearest")


job = json.load(sys.stdin)
labels = np.fromfile(job["labels"], np.uint8).reshape(job["shape"]).astype(float)
start = time.process_time()
result = resample(labels, tuple(job["new_shape"]), job["separate_axis"])
ms = (time.process_time() - start) * 1000
json.dump(
    {
        "ms": ms,
        "sha256": hashlib.sha256(result.astype(np.uint8).tobytes()).hexdigest(),
        "scipy": scipy.__version__,
        "skimage": skimage.__version__,
    },
    sys.stdout,
)
