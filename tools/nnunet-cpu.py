"""Times nnU-Net's own CPU code on one patch: labels to regions, then regions to every deep-supervision scale.

Reads a job as JSON from standard input: `labels` (a file of one byte a voxel, C order), `shape`, `regions` (labels of each),
`scales` (a factor an axis of each, 1 for full size), `repeats`. Writes JSON: milliseconds of every repeat, and the voxels of
every region at every scale. Called by tools/nnunet.ts.
"""

import json
import sys
import time
from importlib.metadata import version

import torch
from batchgeneratorsv2.transforms.utils.deep_supervision_downsampling import DownsampleSegForDSTransform
from batchgeneratorsv2.transforms.utils.seg_to_regions import ConvertSegmentationToRegionsTransform

job = json.load(sys.stdin)
# A worker of nnU-Net's loader has one thread.
torch.set_num_threads(1)
with open(job["labels"], "rb") as file:
    labels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)
# As the loader has it: one channel of int16.
segmentation = labels.reshape(1, *job["shape"]).to(torch.int16)
convert = ConvertSegmentationToRegionsTransform([tuple(region) for region in job["regions"]], 0)
downsample = DownsampleSegForDSTransform([tuple(scale) for scale in job["scales"]])

convert_ms, downsample_ms = [], []
for repeat in range(job["repeats"] + 1):
    start = time.perf_counter()
    regions = convert(segmentation=segmentation)["segmentation"]
    converted = time.perf_counter()
    targets = downsample(segmentation=regions)["segmentation"]
    done = time.perf_counter()
    if repeat > 0:
        convert_ms.append((converted - start) * 1000)
        downsample_ms.append((done - converted) * 1000)

json.dump(
    {
        "torch": torch.__version__,
        "batchgeneratorsv2": version("batchgeneratorsv2"),
        "convertMs": convert_ms,
        "downsampleMs": downsample_ms,
        "voxels": [[int(channel.sum()) for channel in scale] for scale in targets],
    },
    sys.stdout,
)
