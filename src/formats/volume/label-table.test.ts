/** Tables of label names: how they are recognised, read and applied. */
import { describe, expect, it } from "vitest";
import { labelsOf, open } from "../testing/opening.ts";
import { inputFile, writeNifti } from "../testing/write-nifti.ts";
import { isLabelTable, readLabelTable } from "./label-table.ts";

const ITK_SNAP = `################################################
# ITK-SnAP Label Description File
# File format: 
# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL
# Fields: 
#    IDX:   Zero-based index 
#    -R-:   Red color component (0..255)
#    LABEL: Label description 
################################################
    0     0    0    0        0  0  0    "Clear Label"
    1   255    0    0        1  1  1    "Liver, left lobe"
    2     0  255   51     0.35  1  0    "Spleen"
`;
const SLICER = `# Color table file C:/Users/a/organs.ctbl
# 4 values
0 background 0 0 0 0
1 liver 221 130 101 255
2 (none) 0 0 0 0
3 left_kidney 185 102 83 255
`;
const FREESURFER = `#$Id: FreeSurferColorLUT.txt,v 1.105 2015/07/29 18:31:22 greve Exp $

#No. Label Name:                            R   G   B   A

0   Unknown                                 0   0   0   0
2   Left-Cerebral-White-Matter              245 245 245 0
17  Left-Hippocampus                        220 216 20  0   # also 53
1002    ctx-lh-caudalanteriorcingulate      125 100 160 0
`;
const WITH_TISSUE = "4  Left-Lateral-Ventricle  120 18 134 0  4\n5  Left-Inf-Lat-Vent  196 58 250 0  4\n";
const read = (text: string, name = "x") => readLabelTable(inputFile(name, text));

describe("tables of label names", () => {
  it.each([
    [
      "ITK-SNAP",
      ITK_SNAP,
      [
        { value: 1, name: "Liver, left lobe", color: [1, 0, 0] },
        { value: 2, name: "Spleen", color: [0, 1, 0.2] },
      ],
    ],
    [
      "3D Slicer",
      SLICER,
      [
        { value: 1, name: "liver", color: [221 / 255, 130 / 255, 101 / 255] },
        { value: 3, name: "left_kidney", color: [185 / 255, 102 / 255, 83 / 255] },
      ],
    ],
    [
      "FreeSurfer",
      FREESURFER,
      [
        { value: 2, name: "Left-Cerebral-White-Matter", color: [245 / 255, 245 / 255, 245 / 255] },
        { value: 17, name: "Left-Hippocampus", color: [220 / 255, 216 / 255, 20 / 255] },
        { value: 1002, name: "ctx-lh-caudalanteriorcingulate", color: [125 / 255, 100 / 255, 160 / 255] },
      ],
    ],
    [
      "FreeSurfer, with tissues",
      WITH_TISSUE,
      [
        { value: 4, name: "Left-Lateral-Ventricle", color: [120 / 255, 18 / 255, 134 / 255] },
        { value: 5, name: "Left-Inf-Lat-Vent", color: [196 / 255, 58 / 255, 250 / 255] },
      ],
    ],
  ])("of %s are read, with any line ends", async (_, text, labels) => {
    for (const written of [text, text.replaceAll("\n", "\r\n"), `\uFEFF${text}`, text.trimEnd()]) {
      expect(await isLabelTable(inputFile("x", written))).toBe(true);
      expect(await read(written)).toEqual({ file: "x", labels, brokenLines: [], repeated: [] });
    }
  });

  it("report broken lines, keep the last of several for a label, and number equal names", async () => {
    const { labels, brokenLines, repeated } = await read(
      `${SLICER}4 spleen 300 0 0 255\nfive tumour 1 2 3 255\n6 rib 1 2\n\n7 rib 0 0 255 255\n8 rib 0 255 0 255\n1 LIVER 0 0 0 0\n`,
    );
    expect(brokenLines).toEqual([7, 8, 9]);
    expect(repeated).toEqual([1]);
    expect(labels.map(({ value, name }) => [value, name])).toEqual([
      [1, "LIVER"],
      [3, "left_kidney"],
      [7, "rib (7)"],
      [8, "rib (8)"],
    ]);
  });

  it.each([
    ["prose", "Read me first.\nThese labels were drawn by hand.\n"],
    ["names without colours", "1 liver\n2 spleen\n3 kidney\n"],
    ["comments alone", "# 1 liver 0 0 0 255\n"],
    ["an empty file", ""],
    ["columns of numbers", "1 0 0 12 3\n0 1 0 14 3\n"],
    ["a table with a zero byte", `${SLICER}\0`],
    ["a table among more lines of other text", `${SLICER.replace(/^#.*$/m, "")}a\nb\nc\nd\ne\nf\n`],
    ["a comment without a valid line", "# Color table file x\n1 liver 0 0\n"],
  ])("are not recognised in %s", async (_, text) => {
    expect(await isLabelTable(inputFile("labels.txt", text))).toBe(false);
  });

  it("are recognised by ending or comment if half of their lines or more are broken", async () => {
    const broken = "1 liver 10 20 30 255\n2 spleen 10 20\n3 kidney red\n4 rib 1 2 300 255\n";
    expect(await isLabelTable(inputFile("labels.txt", broken))).toBe(false);
    for (const name of ["x.ctbl", "X.LABEL"]) expect(await isLabelTable(inputFile(name, broken))).toBe(true);
    for (const text of [ITK_SNAP, SLICER, FREESURFER]) {
      const lines = text.split("\n");
      const half = [
        ...lines.map((line) => (/^\s*[1-9]/.test(line) ? line.replace(/\d+/, "x") : line)),
        ...lines.slice(-2),
      ];
      expect(await isLabelTable(inputFile("labels.txt", half.join("\n")))).toBe(true);
    }
    // A surface label of FreeSurfer: vertices by number and position.
    const surface = "#!ascii label , from subject a\n2\n7  -10.5 3.2 5.1 0.0\n8  -10.5 3.4 5.1 0.0\n";
    expect(await isLabelTable(inputFile("lh.cortex.label", surface))).toBe(false);
  });

  it("are recognised by their first lines, however long they are", async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${i + 1} structure_${i} ${i % 256} 0 0 255`);
    const file = inputFile("x.ctbl", lines.join("\n"));
    expect(await isLabelTable(file)).toBe(true);
    expect((await readLabelTable(file)).labels).toHaveLength(3000);
  });
});

describe("a table beside a label file", () => {
  const volume = (extensions: { code: number; text: string }[] = []) =>
    inputFile("case.nii", writeNifti({ dims: [2, 2, 1], values: [0, 1, 3, 3], extensions }));

  it.each(["organs.ctbl", "labels.txt", "image_lut.txt", "organs"])(
    "gives names and colours: %s",
    async (name) => {
      const opened = await open([inputFile(name, SLICER), volume()]);
      expect(opened.labelNames.map((entry) => [entry.value, entry.name])).toEqual([
        [1, "liver"],
        [3, "left_kidney"],
      ]);
      expect([opened.name, opened.labelTable, opened.notices]).toEqual(["case", name, []]);
      expect(labelsOf(opened).palette.length).toBe(3);
    },
  );

  it("takes precedence over the names in the label file, label by label", async () => {
    const text =
      '<CaretExtension><VolumeInformation><LabelTable><Label Key="1" Red="1" Green="0" Blue="0">one</Label>' +
      '<Label Key="2" Red="1" Green="0" Blue="0">two</Label></LabelTable></VolumeInformation></CaretExtension>';
    const { labelNames } = await open([volume([{ code: 30, text }]), inputFile("t.txt", ITK_SNAP)]);
    expect(labelNames.map(({ name }) => name)).toEqual(["Liver, left lobe", "Spleen"]);
    const { labelNames: joined } = await open([volume([{ code: 30, text }]), inputFile("t.txt", SLICER)]);
    expect(joined.map(({ name }) => name)).toEqual(["liver", "two", "left_kidney"]);
  });

  it("has a notice on its broken lines, and on which of several tables is used", async () => {
    const broken = Array.from({ length: 12 }, (_, i) => `x${i}`).join("\n");
    const many = Array.from({ length: 20 }, (_, i) => `${i + 1} a${i} 0 0 0 255`).join("\n");
    const notices = async (...texts: string[]) =>
      (await open([volume(), ...texts.map((text, i) => inputFile(`t${i}.txt`, text))])).notices;
    expect(await notices(`${SLICER}x\n`)).toEqual([
      "t0.txt: line 7 was skipped: it must contain a label, a name and a colour.",
    ]);
    expect(await notices(`${SLICER}x\n9 y 0 0 0 0\nz\n`)).toEqual([
      "t0.txt: lines 7 and 9 were skipped: each must contain a label, a name and a colour.",
    ]);
    expect(await notices(`${many}\n${broken}`)).toEqual([
      "t0.txt: lines 21, 22, 23, 24, 25, 26, 27 and 5 more were skipped: each must contain a label, a name and a colour.",
    ]);
    expect(await notices(`${SLICER}3 kidney 0 0 0 255\n`)).toEqual([
      "t0.txt: label 3 has several lines; the last one counts.",
    ]);
    expect(await notices(`${SLICER}3 kidney 0 0 0 255\n1 LIVER 0 0 0 0\n`)).toEqual([
      "t0.txt: labels 1 and 3 have several lines each; the last one counts.",
    ]);
    expect(await notices(SLICER, FREESURFER)).toEqual([
      "t1.txt was skipped: names and colours come from t0.txt.",
    ]);
  });

  it("may be given explicitly, and is refused if it is not a table", async () => {
    const files = [volume(), inputFile("names.txt", SLICER), inputFile("prose.txt", "Read me.")];
    const opened = await open(files.slice(0, 2), { labels: ["case.nii"], labelTable: "names.txt" });
    expect(opened.labelNames).toHaveLength(2);
    await expect(open(files, { labels: ["case.nii"], labelTable: "prose.txt" })).rejects.toThrow(
      /^prose\.txt: none of its lines has a label, a name and a colour as written by ITK-SNAP \(7 255 .*\) or by 3D Slicer and FreeSurfer \(7 liver .*\. Export/,
    );
  });

  it("is found in a folder among other text files", async () => {
    const opened = await open([
      inputFile("case/labels_readme.txt", "Read me."),
      inputFile("case/FreeSurferColorLUT.txt", FREESURFER),
      inputFile("case/notes.md", "hello"),
      { ...volume(), path: "case/case_seg.nii" },
    ]);
    expect(opened.labelNames.map(({ value }) => value)).toEqual([2, 17, 1002]);
    expect([opened.labelTable, opened.notices]).toEqual(["case/FreeSurferColorLUT.txt", []]);
  });

  it("opens without a label file", async () => {
    const opened = await open([inputFile("names.txt", SLICER)]);
    expect([opened.source, opened.labelTable, opened.labelNames.length]).toEqual([null, "names.txt", 2]);
  });

  it("without a valid line is skipped or refused with the known forms", async () => {
    const problem = "none of its lines has a label, a name and a colour as written by ITK-SNAP";
    const nameless = "1 liver\n2 spleen\n";
    const files = [
      inputFile("labels.txt", nameless),
      inputFile("organs.ctbl", nameless),
      inputFile("organs.label", "7 liver 300 0 0\n"),
      inputFile("x", "# Color table file x\n1 liver 0 0\n"),
    ];
    for (const file of files) {
      await expect(open([file])).rejects.toThrow(`${file.path}: ${problem}`);
      const opened = await open([volume(), file]);
      expect(opened.notices).toEqual([expect.stringContaining(`${file.path} was skipped: ${problem}`)]);
      expect([labelsOf(opened).palette.length, opened.labelTable]).toEqual([3, null]);
    }
    // In a folder, where a name alone proves little.
    const within = files.map((file) => ({ ...file, path: `case/${file.path}` }));
    const opened = await open([{ ...volume(), path: "case/case_seg.nii" }, ...within]);
    expect(opened.notices).toEqual([
      expect.stringMatching(/^case\/organs\.ctbl was skipped, as was 1 more file like it: none of its lines/),
    ]);
  });

  it.each([
    [
      "a surface label of FreeSurfer",
      "lh.cortex.label",
      "#!ascii label\n1\n7 -10.5 3.2 5.1 0.0\n",
      /it is a text file/,
    ],
    ["a pointer of Git LFS", "organs.ctbl", "version https://git-lfs.github.com/spec/v1\n", /Git LFS/],
    ["an empty file", "organs.ctbl", "", /it is empty/],
    ["other text", "notes.txt", "1 liver\n", /it is a text file/],
  ])("is not recognised in %s", async (_, name, text, says) => {
    await expect(open([inputFile(name, text)])).rejects.toThrow(says);
  });
});
