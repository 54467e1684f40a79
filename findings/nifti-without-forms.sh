#!/usr/bin/env bash
# One NIfTI file without qform and sform lies in four places, by which of five readers is asked.
#
# Versions   medcon 0.23.0-gtk3+dfsg-1+deb12u2, python3-nibabel 5.0.0-2, mrtrix3 3.0.3-3+b1 (Debian 12);
#            @itk-wasm/image-io 1.6.1, nifti-reader-js 0.8.0, @niivue/niivue 0.69.0
# Guess      A program that converts NIfTI to NIfTI keeps where the volume lies. Where a file has no form, the standard
#            has a rule (its "method 1"): x, y, z = pixdim times i, j, k, to the right, front and head, from 0. Readers follow it.
# Behaviour  medcon writes a NIfTI file whose qform_code and sform_code are 0, whatever came in. Of that file,
#              nifti-reader-js and niivue follow the rule;
#              MRtrix puts 0 into the middle of the volume;
#              nibabel does that too, and turns the first axis to the left;
#              ITK counts from 0, but to the left and back, as its own axes go.
#            So left and right are swapped between nibabel and ITK on one side and the others on the other.
# Seen       what stands between the lines EXPECTED below: where voxel (1, 2, 3) lies, in mm, in R A S
#
# What it means here: Regionscope takes what nnU-Net's reader takes (ITK or nibabel), says so in a finding, and other programs may show
# the opposite side. An image with forms beside labels without them is drawn apart.
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
      medcon=0.23.0-gtk3+dfsg-1+deb12u2 python3-nibabel=5.0.0-2 mrtrix3=3.0.3-3+b1
} >apt.log 2>&1 || {
  cat apt.log
  exit 1
}
for package in cache/archives/*.deb; do dpkg -x "$package" root; done
libraries=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)
echo '{ "private": true, "type": "module" }' >package.json
npm install --cache="$folder/npm" --silent --no-audit --no-fund --ignore-scripts \
  @itk-wasm/image-io@1.6.1 nifti-reader-js@0.8.0 @niivue/niivue@0.69.0

cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";

// NIfTI-1, 4 x 5 x 6 voxels, uint8, 2 x 3 x 4 mm, qform and sform: voxel (1, 2, 3) at (12, 26, 42).
const file = Buffer.alloc(352 + 4 * 5 * 6, 1);
file.fill(0, 0, 352);
file.writeInt32LE(348, 0);
[3, 4, 5, 6, 1, 1, 1, 1].forEach((length, at) => file.writeInt16LE(length, 40 + 2 * at));
file.writeInt16LE(2, 70);
file.writeInt16LE(8, 72);
[1, 2, 3, 4, 1, 1, 1, 1].forEach((mm, at) => file.writeFloatLE(mm, 76 + 4 * at));
file.writeFloatLE(352, 108);
file.writeFloatLE(1, 112);
file[123] = 2;
file.writeInt16LE(1, 252);
file.writeInt16LE(1, 254);
[10, 20, 30].forEach((mm, at) => file.writeFloatLE(mm, 268 + 4 * at));
[2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30].forEach((mm, at) => file.writeFloatLE(mm, 280 + 4 * at));
file.write("n+1\0", 344, "latin1");
writeFileSync("with-forms.nii", file);
JS

cat >seen.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readImageNode } from "@itk-wasm/image-io";
import { readHeader } from "nifti-reader-js";

const say = console.log;
console.log = console.warn = () => {};
const { NVImage } = await import("@niivue/niivue");

// What is unpacked in the folder, and Debian's Python, wherever that is.
const root = `${process.cwd()}/root/usr`;
const python = existsSync(`${root}/bin/python3`) ? `${root}/bin/python3` : "/usr/bin/python3";
const env = {
  ...process.env,
  HOME: process.cwd(),
  LD_LIBRARY_PATH: process.env.LIBRARIES,
  PYTHONPATH: `${root}/lib/python3/dist-packages:${root}/lib/python3.11`,
};
const run = (program, ...words) => execFileSync(program, words, { encoding: "utf8", env }).trim();

const VOXEL = [1, 2, 3];
const place = (rows) => {
  const at = rows.slice(0, 3).map((row) => VOXEL.reduce((sum, index, axis) => sum + row[axis] * index, row[3]));
  return `(${at.map((mm) => Math.round(mm * 100) / 100 + 0).join(", ")})`;
};

for (const name of ["with-forms.nii", "without.nii"]) {
  const bytes = readFileSync(name);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  say(`${name}: qform_code ${bytes.readInt16LE(252)}, sform_code ${bytes.readInt16LE(254)}`);

  say(`  nifti-reader-js ${place(readHeader(buffer).affine)}`);
  say(`  niivue ${place((await NVImage.new(buffer, name)).hdr.affine)}`);

  const program = "import nibabel, json, sys; print(json.dumps(nibabel.load(sys.argv[1]).affine.tolist()))";
  say(`  nibabel ${place(JSON.parse(run(python, "-c", program, name)))}`);

  // MRtrix gives unit steps, and their lengths apart.
  const ask = (what) => run(`${root}/bin/mrinfo`, "-quiet", what, name);
  const lengths = ask("-spacing").split(/\s+/).map(Number);
  const steps = ask("-transform").split("\n").map((row) => row.trim().split(/\s+/).map(Number));
  say(`  mrtrix ${place(steps.map((row) => row.map((mm, axis) => mm * (lengths[axis] ?? 1))))}`);

  // ITK answers in LPS.
  const { direction, spacing, origin } = await readImageNode(name);
  const lps = [0, 1, 2].map((row) => [...[0, 1, 2].map((axis) => direction[3 * row + axis] * spacing[axis]), origin[row]]);
  say(`  itk ${place(lps.map((row, axis) => (axis < 2 ? row.map((mm) => -mm) : row)))}`);
}
process.exit(0);
JS

cat >expected <<'EXPECTED'
with-forms.nii: qform_code 1, sform_code 1
  nifti-reader-js (12, 26, 42)
  niivue (12, 26, 42)
  nibabel (12, 26, 42)
  mrtrix (12, 26, 42)
  itk (12, 26, 42)
without.nii: qform_code 0, sform_code 0
  nifti-reader-js (2, 6, 12)
  niivue (2, 6, 12)
  nibabel (1, 0, 2)
  mrtrix (-1, 0, 2)
  itk (-2, -6, 12)
EXPECTED

node make.mjs
HOME=$folder LD_LIBRARY_PATH=$libraries root/usr/bin/medcon -f with-forms.nii -c nifti -o without.nii >medcon.log 2>&1
LIBRARIES=$libraries node seen.mjs >seen
cat seen
diff expected seen
echo "As found."
