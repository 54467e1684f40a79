/** Edits of the keys beside `labels`. */
import { describe, expect, it } from "vitest";
import { parseDataset } from "./dataset.ts";
import { numberChannels, renameModality, setKey } from "./edit-keys.ts";
import { EditError } from "./edit-text.ts";

const read = (text: string) => parseDataset(text, "dataset.json");

const VERSION_1 = `{\r
\t"name" : "x",\r
\t"tensorImageSize" : "3D",\r
\t"modality" : {\r
\t\t"0" : "CT"\r
\t},\r
\t"labels" : {\r
\t\t"0" : "background",\r
\t\t"1" : "spleen"\r
\t},\r
\t"numTraining" : 41\r
}\r
`;

describe("keys beside labels", () => {
  it("are added and renamed without a change to anything else, even to labels of version 1", () => {
    const edited = setKey(renameModality(read(VERSION_1)), "file_ending", ".nii.gz");
    expect(edited.text).toBe(
      VERSION_1.replace('"modality"', '"channel_names"').replace(
        '"numTraining" : 41',
        '"numTraining" : 41,\r\n\t"file_ending" : ".nii.gz"',
      ),
    );
    expect(edited).toEqual(read(edited.text));
  });

  it("that exist are set in place", () => {
    const one = read('{"file_ending": "nii", "labels": {}, "numTraining":  1.0}');
    expect(setKey(setKey(one, "numTraining", 12), "file_ending", ".nii").text).toBe(
      '{"file_ending": ".nii", "labels": {}, "numTraining":  12}',
    );
    expect(renameModality(one)).toBe(one);
  });
});

describe("numberChannels", () => {
  const numbered = (channels: string) =>
    numberChannels(read(`{"channel_names": ${channels}, "labels": {}}`)).text.slice(18, -15);

  it.each([
    ['{"CT": 0}', '{"0": "CT"}'],
    ['{"T2\\u0077": "1", "T1" : "0"}', '{"0": "T1", "1": "T2\\u0077"}'],
    ['{"1": "PET", "0": "CT"}', '{"0": "CT", "1": "PET"}'],
    ['{ "1": "CT" }', '{ "0": "CT" }'],
    ['{"scan": "CT", "other":"7"}', '{"0": "CT", "1": "7"}'],
    ['["CT", "PET"]', '{"0": "CT", "1": "PET"}'],
    ['"CT"', '{"0": "CT"}'],
    // Already correct.
    ['{"0":"CT",  "1":"PET"}', '{"0":"CT",  "1":"PET"}'],
  ])("turns %s into %s", (written, wanted) => {
    expect(numbered(written)).toBe(wanted);
  });

  it.each(["{}", "[]", "[1]", "null", '{"0": null}', '{"0": "CT", "0": "PET"}'])(
    "does not guess names: %s",
    (channels) => {
      expect(() => numbered(channels)).toThrow(EditError);
    },
  );

  it("keeps lines and indentation", () => {
    const text =
      '{\n    "channel_names": {\n        "CT": 0,\n        "PET": 1\n    },\n    "labels": {}\n}\n';
    expect(numberChannels(read(text)).text).toBe(
      text.replace('"CT": 0', '"0": "CT"').replace('"PET": 1', '"1": "PET"'),
    );
  });
});
