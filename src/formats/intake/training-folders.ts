/**
 * Finds the folders of a dataset that contain its cases: those that nnU-Net looks for, and others meant as
 * such.
 */

import { baseName } from "../../base/file-path.ts";
import { groupBy } from "../../base/group-by.ts";
import { type CaseFolders, ITSELF } from "../../domain/dataset/dataset-files.ts";
import { folderOf, type InputFile, isClutter, isHeaderOrWhole, stemOf } from "../bytes/input-file.ts";
import { type CasePair, pairCases, withoutChannel } from "./case-pairs.ts";

/** Label files of one folder, with their images in a folder beside it. */
interface PairedFolders {
  /** Dataset folder, with the final "/"; "" at the top. */
  readonly root: string;
  readonly split: Split;
  readonly folders: CaseFolders;
  readonly pairs: readonly CasePair[];
}

type Split = "Tr" | "Ts" | "Val";
type Kind = "labels" | "images";

interface Folder {
  readonly root: string;
  readonly name: string;
  readonly kind: Kind | null;
  readonly split: Split;
  /** Certainty of the name: nnU-Net's own, nearly that, or a name for the content. */
  readonly likeness: "own" | "near" | "content" | "none";
  /** Paths of its volumes, except those that only contain the voxels of a header. */
  readonly volumes: readonly string[];
}

const OWN = /^(?<kind>labels|images)(?<split>Tr|Ts|Val)$/;
const NEAR = /^(?<kind>labels?|images?)[ _-]?(?<split>tr|ts|val)$/i;
const CONTENT =
  /^(?<kind>labels?|masks?|seg(?:mentation)?s?|annotations?|ground[ _-]?truths?|gt|images?|imgs?|scans?|volumes?)[ _-]?(?<split>tr|ts|val|train(?:ing)?|test(?:ing)?|validation)?$/i;
const IMAGE_KIND = /^(image|img|scan|volume)/i;

/**
 * Finds folders with label files of cases. Folders with nnU-Net's names, or nearly those, count whatever they
 * contain; folders with other names (`labels` beside `images`) only if a label file has an image there.
 * Images and labels may also share one folder.
 */
export function pairedFolders(files: readonly Pick<InputFile, "path">[]): PairedFolders[] {
  const folders = foldersOf(files);
  const groups = groupBy(folders, ({ root }) => root);
  const found = [...groups.values()].flatMap((siblings) =>
    siblings.flatMap((labels) => {
      if (labels.kind !== "labels") return [];
      const better = siblings.some(
        (other) => other.kind === "labels" && other.split === labels.split && isSurer(other, labels),
      );
      const paired = better ? null : withImages(labels, siblings);
      return paired ? [paired] : [];
    }),
  );
  const roots = new Set(found.map(({ root }) => root));
  return [...found, ...folders.flatMap((folder) => mixed(folder, roots))];
}

/** Finds several cases whose label files lie beside their images: `case.nii.gz` and `case_0000.nii.gz`. */
function mixed({ root, name, kind, volumes }: Folder, roots: ReadonlySet<string>): PairedFolders[] {
  const inside = `${root}${name}/`;
  if (kind !== null || roots.has(root) || roots.has(inside)) return [];
  const numbered = new Set(volumes.map((path) => withoutChannel(stemOf(path))));
  const labels = volumes.filter((path) => numbered.has(stemOf(path)));
  if (labels.length < 2) return [];
  const images = volumes.filter((path) => !labels.includes(path));
  const folders = { labels: ITSELF, images: ITSELF };
  return [{ root: inside, split: "Tr", folders, pairs: pairCases(labels, images) }];
}

const RANK = { own: 0, near: 1, content: 2, none: 3 } as const;
const isSurer = (a: Folder, b: Folder) => RANK[a.likeness] < RANK[b.likeness];

function withImages(labels: Folder, siblings: readonly Folder[]): PairedFolders | null {
  const { root, split } = labels;
  const called = siblings
    .filter(({ kind, split: own }) => kind === "images" && own === split)
    .sort((a, b) => RANK[a.likeness] - RANK[b.likeness]);
  const [first] = called;
  const isSure = isNamed(labels);
  const images =
    first && isSure && isNamed(first) ? first : imagesByContent(labels, called, siblings, isSure);
  if (!images && !isSure) return null;
  const pairs = pairCases(labels.volumes, images?.volumes ?? []);
  return { root, split, folders: { labels: labels.name, images: images?.name ?? null }, pairs };
}

/** nnU-Net's name, or nearly that. */
const isNamed = ({ likeness }: Folder) => likeness === "own" || likeness === "near";

/**
 * Finds the folder with images of these label files: among several with names for images or, if the folder of
 * labels is certain, one of any name.
 */
function imagesByContent(
  labels: Folder,
  called: readonly Folder[],
  siblings: readonly Folder[],
  isSure: boolean,
): Folder | undefined {
  const paired = called.find((folder) => hasPair(labels, folder));
  if (paired || !isSure) return paired;
  return siblings.find((folder) => folder.kind === null && hasNumbered(labels, folder)) ?? called[0];
}

function hasPair(labels: Folder, images: Folder): boolean {
  return pairCases(labels.volumes, images.volumes).some((pair) => pair.images.length > 0);
}

/**
 * Checks whether a folder contains images with nnU-Net's names; predictions have the same names as labels.
 */
function hasNumbered(labels: Folder, images: Folder): boolean {
  const stems = new Set(labels.volumes.map(stemOf));
  return images.volumes.some((path) => {
    const stem = stemOf(path);
    return /_\d{4}$/.test(stem) && stems.has(stem.slice(0, -5));
  });
}

function foldersOf(files: readonly Pick<InputFile, "path">[]): Folder[] {
  const volumes = files.map(({ path }) => path).filter((path) => isHeaderOrWhole(path) && !isClutter(path));
  return [...groupBy(volumes, folderOf)]
    .filter(([folder]) => folder !== "")
    .map(([folder, paths]) => {
      const name = baseName(folder.slice(0, -1));
      return { root: folderOf(folder.slice(0, -1)), name, volumes: paths, ...kindOf(name) };
    });
}

/** Checks whether a folder is named after its content, images or labels, whatever the spelling. */
export function isKindOfFile(name: string): boolean {
  return kindOf(name).kind !== null || /^(lab|pred(iction)?|ref(erence)?|manual|auto)s?$/i.test(name);
}

function kindOf(name: string): Pick<Folder, "kind" | "split" | "likeness"> {
  // nnU-Net's folder of label files in a preprocessed dataset.
  if (name === "gt_segmentations") return { kind: "labels", split: "Tr", likeness: "own" };
  for (const [likeness, pattern] of [
    ["own", OWN],
    ["near", NEAR],
    ["content", CONTENT],
  ] as const) {
    const parts = pattern.exec(name)?.groups;
    if (!parts) continue;
    const kind = IMAGE_KIND.test(parts.kind ?? "") ? "images" : "labels";
    return { kind, split: splitOf(parts.split ?? "tr"), likeness };
  }
  return { kind: null, split: "Tr", likeness: "none" };
}

function splitOf(text: string): Split {
  if (/^v/i.test(text)) return "Val";
  return /^t(s|e)/i.test(text) ? "Ts" : "Tr";
}
