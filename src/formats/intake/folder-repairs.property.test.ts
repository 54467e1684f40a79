/**
 * Repairs the names of random dataset folders as the sentences tell; at the end nnU-Net finds every case, by
 * a model of how it goes through a folder.
 */
import { expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { foldersSentence } from "../../domain/findings/folder-names.ts";
import { inputFile } from "../testing/write-nifti.ts";
import { listCases } from "./cases.ts";
import { datasetFolder } from "./dataset-folder.ts";

const random = randomFrom(15);
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const ENDING = ".nii.gz";

const IMAGE_FOLDERS = ["imagesTr", "images", "imagestr", "ImagesTr", "imageTr", "images_train", "Images"];
const LABEL_FOLDERS = ["labelsTr", "labels", "labelstr", "LabelsTr", "labelTr", "labels_train", "masks"];
const NAMES = ["liver_1", "liver_10", "Liver 2", "p-003", "x", "case.7"];
const IMAGE_STYLES: readonly ((name: string, channel: number) => string)[] = [
  (name, channel) => `${name}_000${channel}`,
  (name, channel) => `${name}_00${channel}`,
  (name, channel) => `${name}_${channel}`,
  (name, channel) => `${name}-000${channel}`,
  (name, channel) => `${name}_ch${channel}`,
  (name, channel) => `${name}_00${channel + 1}`,
  (name, channel) => `${name}_${["t1", "t2", "flair"][channel]}`,
  (name, channel) => `${name.toUpperCase()}_000${channel}`,
];
const LABEL_STYLES: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => `${name}_seg`,
  (name) => `${name}-label`,
];

/** Models `get_identifiers_from_splitted_dataset_folder` and its consequences. */
function foundByNnunet(paths: readonly string[]): unknown {
  const inside = (folder: string) =>
    paths.filter((path) => path.startsWith(`D/${folder}/`)).map((path) => path.slice(folder.length + 3));
  const images = inside("imagesTr").filter((name) => name.endsWith(ENDING));
  const names = [...new Set(images.map((name) => name.slice(0, -ENDING.length - 5)))].sort();
  return names.map((name) => ({
    name,
    channels: images.filter(
      (image) => image.startsWith(name) && /^_\d{4}$/.test(image.slice(name.length, -ENDING.length)),
    ).length,
    hasLabels: inside("labelsTr").includes(name + ENDING),
  }));
}

/** As `gunzip -k` leaves it beside the file. */
const uncompressed = (path: string) => path.slice(0, -".gz".length);

interface Tree {
  readonly paths: string[];
  readonly names: readonly string[];
  readonly channels: number;
}

function randomTree(): Tree {
  const channels = 1 + Math.floor(random() * 3);
  const [image, label] = [oneOf(IMAGE_STYLES), oneOf(LABEL_STYLES)];
  const mayExchange = channels > 1 && random() < 0.2;
  const [images, labels] = mayExchange
    ? ["labelsTr", "imagesTr"]
    : [oneOf(IMAGE_FOLDERS), oneOf(LABEL_FOLDERS)];
  const names = NAMES.filter(() => random() < 0.6);
  const styled = (name: string) => (mayExchange ? [`${name}`] : [label(name)]);
  const paths = names.flatMap((name) => [
    ...styled(name).map((stem) => `D/${labels}/${stem}${ENDING}`),
    ...Array.from({ length: channels }, (_, channel) => {
      const stem = mayExchange ? `${name}_000${channel}` : image(name, channel);
      return `D/${images}/${stem}${ENDING}`;
    }),
  ]);
  const copies = random() < 0.3 ? paths.filter(() => random() < 0.3).map(uncompressed) : [];
  return { paths: [...paths, ...copies], names, channels };
}

const moved = (paths: readonly string[], from: string, to: string) =>
  paths.map((path) => (path === from ? to : path));
const inFolder = (paths: readonly string[], from: string, to: string) =>
  paths.map((path) => path.replace(new RegExp(`^D/${from}/`), `D/${to}/`));

/** Applies the first sentence about the folder; null without one. */
function repaired(paths: readonly string[]): string[] | null {
  const files = paths.map((path) => inputFile(path, ""));
  const cases = listCases(files);
  for (const one of cases) {
    const folder = datasetFolder(one, cases, files);
    if (!folder) continue;
    const { folders, misnamed } = folder;
    if (foldersSentence(folder) !== null) {
      return inFolder(inFolder(paths, folders.images ?? "", "imagesTr"), folders.labels, "labelsTr");
    }
    if (misnamed?.exchanged) {
      return inFolder(inFolder(inFolder(paths, "imagesTr", "x"), "labelsTr", "imagesTr"), "x", "labelsTr");
    }
    if (!misnamed) continue;
    const { labels, image } = misnamed;
    const withLabels = labels
      ? moved(paths, `D/labelsTr/${labels.from}`, `D/labelsTr/${labels.to}`)
      : [...paths];
    return image ? moved(withLabels, `D/imagesTr/${image.from}`, `D/imagesTr/${image.to}`) : withLabels;
  }
  return null;
}

it("after the repairs of random folders, nnU-Net finds every case", () => {
  let changed = 0;
  for (let round = 0; round < 150; round++) {
    const { paths, names, channels } = randomTree();
    let [now, steps] = [paths as readonly string[], 0];
    for (let next = repaired(now); next; next = repaired(now)) {
      expect(next, paths.join(", ")).not.toEqual(now);
      expect(new Set(next).size, paths.join(", ")).toBe(paths.length);
      now = next;
      if (++steps > 50) break;
    }
    const all = names.map((name) => ({ name, channels, hasLabels: true }));
    expect(foundByNnunet(now), paths.join(", ")).toEqual(all.sort((a, b) => (a.name < b.name ? -1 : 1)));
    if (steps > 0) changed++;
  }
  expect(changed).toBeGreaterThan(75);
});
