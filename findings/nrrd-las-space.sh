#!/usr/bin/env bash
# An NRRD file in the space left-anterior-superior: ITK mirrors two axes of it, three.js another one.
#
# Versions   @itk-wasm/image-io 1.6.1 (ITK's own reader as WebAssembly), three 0.187.0 (NRRDLoader), @niivue/niivue 0.69.0
# Guess      NRRD names three anatomical spaces. A reader that converts the two common ones (LPS and RAS) to a space of
#            its own converts the third one too: from LAS to LPS the second axis changes sign, from LAS to RAS the first.
# Behaviour  One volume is written three times, in each of the spaces. Of LPS and RAS all readers make the same steps. Of
#            LAS, ITK turns round the first axis instead of the second: the volume lies rotated by half a turn, left for
#            right and front for back. NRRDLoader turns round the third axis: left for right and head for feet. Neither
#            says a word. Niivue reads all three alike, as the format says.
# Seen       what stands between the lines EXPECTED below: the step in mm, in R A S, along each axis of the file
#
# What it means here: nnU-Net reads .nrrd through ITK, so a label file in LAS lies elsewhere there than in Regionscope, which
# follows the format. An image beside it in another space no longer matches.
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

// The same volume: i goes to the left, j to the front, k up.
const spaces = {
  "left-posterior-superior": "(2,0,0) (0,-3,0) (0,0,4)",
  "right-anterior-superior": "(-2,0,0) (0,3,0) (0,0,4)",
  "left-anterior-superior": "(2,0,0) (0,3,0) (0,0,4)",
};
const steps = (columns) =>
  columns.map((column) => `(${column.map((mm) => Math.round(mm) + 0).join(",")})`).join(" ");

for (const [space, directions] of Object.entries(spaces)) {
  const header = `NRRD0004\ntype: uchar\ndimension: 3\nspace: ${space}\nsizes: 4 5 6\n`
    + `space directions: ${directions}\nspace origin: (0,0,0)\nkinds: domain domain domain\nencoding: raw\n\n`;
  const bytes = Buffer.concat([Buffer.from(header), Buffer.alloc(4 * 5 * 6, 1)]);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  writeFileSync("volume.nrrd", bytes);

  // ITK answers in LPS, its matrix row by row, so its first two rows change sign.
  const { direction, spacing } = await readImageNode("volume.nrrd");
  const signs = [-1, -1, 1];
  const itk = [0, 1, 2].map((axis) => signs.map((sign, row) => sign * direction[3 * row + axis] * spacing[axis]));
  // three.js keeps its matrix column by column, niivue row by row; both mean RAS.
  const { elements } = new NRRDLoader().parse(buffer).matrix;
  const three = [0, 1, 2].map((axis) => [...elements.slice(4 * axis, 4 * axis + 3)]);
  const { affine } = (await NVImage.new(buffer, "volume.nrrd")).hdr;
  const niivue = [0, 1, 2].map((axis) => [0, 1, 2].map((row) => affine[row][axis]));

  say(`${space}: itk ${steps(itk)}; three ${steps(three)}; niivue ${steps(niivue)}`);
}
process.exit(0);
JS

cat >expected <<'EXPECTED'
left-posterior-superior: itk (-2,0,0) (0,3,0) (0,0,4); three (-2,0,0) (0,3,0) (0,0,4); niivue (-2,0,0) (0,3,0) (0,0,4)
right-anterior-superior: itk (-2,0,0) (0,3,0) (0,0,4); three (-2,0,0) (0,3,0) (0,0,4); niivue (-2,0,0) (0,3,0) (0,0,4)
left-anterior-superior: itk (2,0,0) (0,-3,0) (0,0,4); three (2,0,0) (0,3,0) (0,0,-4); niivue (-2,0,0) (0,3,0) (0,0,4)
EXPECTED

node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
