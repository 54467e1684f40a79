#!/usr/bin/env bash
# A segmentation whose segments overlap, as 3D Slicer saves it: two readers take its layers for the x axis.
#
# Versions   @itk-wasm/image-io 1.6.1 (ITK's own reader as WebAssembly), three 0.187.0 (NRRDLoader), @niivue/niivue 0.69.0
# Guess      Slicer stores overlapping segments in layers: a fourth axis, the fastest, of kind `list` and without a direction
#            (`none`). A reader that knows NRRD takes it for components of each voxel, and one that does not refuses the file or
#            shows the first layer; either way the volume keeps its own three axes, and their voxel size.
# Behaviour  ITK reads two components on 4 x 5 x 6 voxels of 2 x 3 x 4 mm. NRRDLoader makes a volume of 2 x 4 x 5: the layers are
#            x, x is y, y is z, and each keeps the voxel size of the axis whose place it took; of the slices, only one is left.
#            Niivue does the same, takes the six slices for six time points, and makes every voxel 1 mm long. Neither says
#            anything. With one layer, all three agree.
# Seen       what stands between the lines EXPECTED below: size, components or time points, voxel size, and the first values,
#            which in the file are those of both layers in turn
#
# What it means here: Regionscope opens the layers as masks that overlap. Overlapping segments that look striped and squeezed in
# a viewer in the browser are most likely whole in the file.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --cache="$folder/npm" --silent --no-audit --no-fund --ignore-scripts \
  @itk-wasm/image-io@1.6.1 three@0.187.0 @niivue/niivue@0.69.0

cat >seen.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { readImageNode } from "@itk-wasm/image-io";

// NRRDLoader looks for `self`, and two of the readers chat on the console.
globalThis.self = globalThis;
const say = console.log;
console.log = console.warn = () => {};
const { NRRDLoader } = await import("three/examples/jsm/loaders/NRRDLoader.js");
const { NVImage } = await import("@niivue/niivue");

const [width, height, depth] = [4, 5, 6];
const text = (numbers) => [...numbers].map((mm) => Math.round(1000 * mm) / 1000 + 0).join(" ");

for (const layers of [1, 2]) {
  // The first layer holds 1 + x, the second 100 + z.
  const voxels = [];
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) voxels.push(...[1 + x, 100 + z].slice(0, layers));
  const list = layers > 1;
  const header = [
    "NRRD0004",
    "type: uchar",
    `dimension: ${list ? 4 : 3}`,
    "space: left-posterior-superior",
    `sizes: ${list ? `${layers} ` : ""}${width} ${height} ${depth}`,
    `space directions: ${list ? "none " : ""}(2,0,0) (0,3,0) (0,0,4)`,
    `kinds: ${list ? "list " : ""}domain domain domain`,
    "encoding: raw",
    "space origin: (0,0,0)",
  ].join("\n");
  const bytes = Buffer.concat([Buffer.from(`${header}\n\n`), Buffer.from(voxels)]);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  writeFileSync("case.seg.nrrd", bytes);

  const itk = await readImageNode("case.seg.nrrd");
  const three = new NRRDLoader().parse(buffer);
  const { hdr, img, nFrame4D } = await NVImage.new(buffer, "case.seg.nrrd");
  say(`${layers === 1 ? "one layer" : "two layers"}: ${text(voxels.slice(0, 6))}`);
  say(`  itk ${text(itk.size)}, components ${itk.imageType.components}, ${text(itk.spacing)} mm: ${text(itk.data.slice(0, 6))}`);
  say(`  three ${three.xLength} ${three.yLength} ${three.zLength}, ${text(three.spacing)} mm: ${text(three.data.slice(0, 6))}`);
  say(`  niivue ${text(hdr.dims.slice(1, 4))}, time points ${nFrame4D}, ${text(hdr.pixDims.slice(1, 4))} mm: ${text(img.slice(0, 6))}`);
}
process.exit(0);
JS

cat >expected <<'EXPECTED'
one layer: 1 2 3 4 1 2
  itk 4 5 6, components 1, 2 3 4 mm: 1 2 3 4 1 2
  three 4 5 6, 2 3 4 mm: 1 2 3 4 1 2
  niivue 4 5 6, time points 1, 2 3 4 mm: 1 2 3 4 1 2
two layers: 1 100 2 100 3 100
  itk 4 5 6, components 2, 2 3 4 mm: 1 100 2 100 3 100
  three 2 4 5, 2 3 4 mm: 1 100 2 100 3 100
  niivue 2 4 5, time points 6, 1 1 1 mm: 1 100 2 100 3 100
EXPECTED

node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
