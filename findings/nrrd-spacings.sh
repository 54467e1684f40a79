#!/usr/bin/env bash
# An NRRD file that gives its voxel size as `spacings`: niivue takes 1 mm, as ITK does where the size has to be divided out.
#
# Versions   @itk-wasm/image-io 1.6.1 (ITK's own reader as WebAssembly), three 0.187.0 (NRRDLoader), @niivue/niivue 0.69.0
# Guess      `space directions` are for files with an orientation; without them `spacings` are the voxel size, for every reader.
#            If there are only `axis mins` and `axis maxs`, the size is their difference divided by the voxels. A reader that
#            takes one of these fields for the place of the volume takes it for the size as well.
# Behaviour  Niivue reads `space directions` alone: without them every voxel is 1 mm long, and the volume has the wrong shape in
#            mm. ITK and NRRDLoader take `spacings`. ITK also takes `axis mins` for the first voxel, and moves it by half a voxel
#            if `centerings` are cell or missing, which the other two ignore. With `axis mins` and `axis maxs` alone ITK uses
#            the true 2 x 3 x 4 mm to move it by half a voxel, and then says that the voxel size is 1 x 1 x 1 mm.
# Seen       what stands between the lines EXPECTED below: voxel size, and the centre of the first voxel in the reader's own axes
#
# What it means here: Regionscope takes `spacings` and `axis mins`, as nnU-Net does through ITK. For files with neither
# `space directions` nor `spacings` it says that 1 mm was assumed; nnU-Net plans with 1 mm, too, whatever `axis maxs` say.
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

// All of them describe voxels of 2 x 3 x 4 mm; the first is [10, 12] x [20, 23] x [30, 34] mm if there are mins of cells.
const cases = [
  ["space: left-posterior-superior", "space directions: (2,0,0) (0,3,0) (0,0,4)"],
  ["spacings: 2 3 4"],
  ["spacings: 2 3 4", "axis mins: 10 20 30"],
  ["spacings: 2 3 4", "axis mins: 10 20 30", "centerings: cell cell cell"],
  ["spacings: 2 3 4", "axis mins: 10 20 30", "centerings: node node node"],
  ["axis mins: 10 20 30", "axis maxs: 18 35 54", "centerings: cell cell cell"],
];
const text = (numbers) => [...numbers].map((mm) => Math.round(1000 * mm) / 1000 + 0).join(" ");

for (const fields of cases) {
  const [space, ...others] = fields[0].startsWith("space:") ? fields : [null, ...fields];
  const header = ["NRRD0004", "type: uchar", "dimension: 3", space, "sizes: 4 5 6", ...others, "encoding: raw"];
  const lines = header.filter((line) => line !== null).join("\n");
  const bytes = Buffer.concat([Buffer.from(`${lines}\n\n`), Buffer.alloc(4 * 5 * 6, 1)]);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  writeFileSync("volume.nrrd", bytes);

  const itk = await readImageNode("volume.nrrd");
  // three.js keeps its matrix column by column, niivue row by row.
  const { elements } = new NRRDLoader().parse(buffer).matrix;
  const { affine } = (await NVImage.new(buffer, "volume.nrrd")).hdr;
  const axes = [0, 1, 2];
  say(fields.join(", "));
  say(`  itk ${text(itk.spacing)} at ${text(itk.origin)}`);
  say(`  three ${text([0, 5, 10].map((at) => Math.abs(elements[at])))} at ${text(elements.slice(12, 15))}`);
  say(`  niivue ${text(axes.map((axis) => Math.abs(affine[axis][axis])))} at ${text(axes.map((row) => affine[row][3]))}`);
}
process.exit(0);
JS

cat >expected <<'EXPECTED'
space: left-posterior-superior, space directions: (2,0,0) (0,3,0) (0,0,4)
  itk 2 3 4 at 0 0 0
  three 2 3 4 at 0 0 0
  niivue 2 3 4 at 0 0 0
spacings: 2 3 4
  itk 2 3 4 at 0 0 0
  three 2 3 4 at 0 0 0
  niivue 1 1 1 at 0 0 0
spacings: 2 3 4, axis mins: 10 20 30
  itk 2 3 4 at 11 21.5 32
  three 2 3 4 at 0 0 0
  niivue 1 1 1 at 0 0 0
spacings: 2 3 4, axis mins: 10 20 30, centerings: cell cell cell
  itk 2 3 4 at 11 21.5 32
  three 2 3 4 at 0 0 0
  niivue 1 1 1 at 0 0 0
spacings: 2 3 4, axis mins: 10 20 30, centerings: node node node
  itk 2 3 4 at 10 20 30
  three 2 3 4 at 0 0 0
  niivue 1 1 1 at 0 0 0
axis mins: 10 20 30, axis maxs: 18 35 54, centerings: cell cell cell
  itk 1 1 1 at 11 21.5 32
  three 1 1 1 at 0 0 0
  niivue 1 1 1 at 0 0 0
EXPECTED

node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
