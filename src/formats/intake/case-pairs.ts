/** Pairs label files with their images by name, and records names by which nnU-Net does not find them. */
import { groupBy } from "../../base/group-by.ts";
import { endingInFolder, type ImageFault } from "../../domain/dataset/dataset-files.ts";
import { endingOf, stemOf } from "../bytes/input-file.ts";
import { byPathOrder } from "./roles.ts";

/** A label file with its images. */
export interface CasePair {
  readonly name: string;
  readonly labels: string;
  /** Channels in order: `_0000`, `_0001`, … */
  readonly images: readonly string[];
  /** Files of these channels with another ending, which nnU-Net ignores; omitted without any. */
  readonly spareImages?: readonly string[];
  /** Existing files that nnU-Net does not find by name. */
  readonly misnamed: MisnamedPair;
}

interface MisnamedPair {
  readonly labels: boolean;
  /** The first image with a wrong name; null if there is none. */
  readonly image: MisnamedImagePath | null;
  /** Both names are correct, but each file is in the other's folder. */
  readonly exchanged: boolean;
}

export interface MisnamedImagePath {
  readonly path: string;
  readonly fault: ImageFault;
  /** Channel number that the image needs. */
  readonly channel: number;
  /** Number of other such images in the case. */
  readonly others: number;
  /** The case also has correctly named images. */
  readonly isOneMore: boolean;
}

const WELL_NAMED: MisnamedPair = { labels: false, image: null, exchanged: false };

/**
 * Pairs label files and images of two folders, even where nnU-Net would not: if the image lacks a channel
 * number, the labels have one, or names are nearly right.
 */
export function pairCases(labels: readonly string[], images: readonly string[]): CasePair[] {
  const byName = imagesByName(images);
  const exchanged = exchangedPairs(labels, byName);
  const isTaken = new Set(exchanged.flatMap((pair) => [...pair.images, pair.labels]));
  const rest = labels.filter((path) => !isTaken.has(path));
  const byCase = groupBy(rest, (path) => caseOf(stemOf(path)));
  const pairs = rest.map((path) => withSpares(pairOf(path, byName, byCase), byName.whole));
  for (const { images: own, spareImages = [] } of pairs) {
    for (const path of [...own, ...spareImages]) isTaken.add(path);
  }
  const left = images.filter((path) => !isTaken.has(path));
  const near = left.length > 0 ? nearNames(left) : null;
  const bareNames = groupBy(pairs, ({ name }) => bareName(name));
  const isAlone = (name: string) => isOneName(bareNames.get(name));
  const numbers = groupBy(pairs, ({ name }) => withoutZeros(name));
  const isOnlyNumber = (name: string) => isOneName(numbers.get(name));
  return [
    ...exchanged,
    ...pairs.map((pair) => {
      if (!near) return withEnding(pair);
      if (pair.images.length > 0) return withEnding(withSpares(withMore(pair, near), byName.whole));
      const found = nearPair(pair, near, isAlone);
      const all = found.images.length > 0 ? found : zerosPair(pair, left, isOnlyNumber);
      return withEnding(withSpares(all, byName.whole));
    }),
  ];
}

/** A case may have label files with several endings. */
const isOneName = (pairs: readonly CasePair[] | undefined) =>
  new Set(pairs?.map(({ name }) => name)).size === 1;

/** An image without a channel number, in a case without other images. */
function unnumbered(path: string, others = 0): MisnamedImagePath {
  return { path, fault: "no-number", channel: 0, others, isOneMore: false };
}

/** Marks 3D Slicer's segmentations (`case.seg.nrrd`), because nnU-Net looks for `case.nrrd`. */
function withEnding(pair: CasePair): CasePair {
  const ending = endingOf(pair.labels);
  if (ending === endingInFolder(ending)) return pair;
  return { ...pair, misnamed: { ...pair.misnamed, labels: true } };
}

/** Paths of volumes by name. */
interface Images {
  /** By the name without the channel number, channels in order. */
  readonly numbered: ReadonlyMap<string, readonly string[]>;
  /** By the whole name, with any ending; contains all volumes. */
  readonly whole: ReadonlyMap<string, readonly string[]>;
}

function imagesByName(images: readonly string[]): Images {
  const numbered = new Map<string, string[]>();
  const whole = new Map<string, string[]>();
  for (const path of [...images].sort(byPathOrder)) {
    const stem = stemOf(path);
    whole.set(stem, [...(whole.get(stem) ?? []), path]);
    const name = withoutChannel(stem);
    if (name !== null) numbered.set(name, [...(numbered.get(name) ?? []), path]);
  }
  return { numbered, whole };
}

/** Pairs a label file as nnU-Net does, else despite an extra or a missing channel number. */
function pairOf(labels: string, images: Images, byCase: ReadonlyMap<string, readonly string[]>): CasePair {
  const stem = stemOf(labels);
  const keep = (paths: readonly string[] = []) => oneOfEach(paths, labels);
  const right = keep(images.numbered.get(stem));
  if (right.length > 0) return { name: stem, labels, images: right, misnamed: WELL_NAMED };
  const name = withoutChannel(stem);
  // If case_0000 and case_0001 both exist, the number is part of the case's name.
  const isChannel = name !== null && new Set(byCase.get(name)?.map(stemOf)).size === 1;
  if (isChannel) {
    const misnamed = { ...WELL_NAMED, labels: true };
    const numbered = keep(images.numbered.get(name));
    if (numbered.length > 0) return { name, labels, images: numbered, misnamed };
    const [whole] = keep(images.whole.get(name));
    if (whole) return { name, labels, images: [whole], misnamed: { ...misnamed, image: unnumbered(whole) } };
  }
  const [whole] = keep(images.whole.get(stem));
  if (whole)
    return { name: stem, labels, images: [whole], misnamed: { ...WELL_NAMED, image: unnumbered(whole) } };
  return { name: stem, labels, images: [], misnamed: WELL_NAMED };
}

/**
 * Keeps one of several files with the same name: that with the ending of the labels, because all files of a
 * dataset have the same, else the compressed one.
 */
function oneOfEach(paths: readonly string[], labels: string): string[] {
  const endings = [endingOf(labels), ".nii.gz"];
  return [...groupBy(paths, stemOf).values()].flatMap((alike) => {
    const kept = endings.flatMap((ending) => alike.filter((path) => endingOf(path) === ending));
    return (kept.length > 0 ? kept : alike).slice(0, 1);
  });
}

function oneOfEachNear(images: readonly NearImage[] | undefined, labels: string): NearImage[] {
  const paths = images?.map(({ path }) => path) ?? [];
  const kept = new Set(oneOfEach(paths, labels));
  return images?.filter(({ path }) => kept.has(path)) ?? [];
}

/** Adds the files with the names of the images that {@link oneOfEach} did not keep. */
function withSpares(pair: CasePair, byStem: ReadonlyMap<string, readonly string[]>): CasePair {
  const alike = pair.images.flatMap((path) => byStem.get(stemOf(path)) ?? []);
  const spareImages = alike.filter((path) => !pair.images.includes(path));
  return spareImages.length > 0 ? { ...pair, spareImages } : pair;
}

/**
 * Finds cases whose several channels are in the folder of labels while one file with only the case's name is
 * in the folder of images. A case has one label file, so the two are exchanged.
 */
function exchangedPairs(labels: readonly string[], images: Images): CasePair[] {
  const byCase = groupBy(labels, (path) => withoutChannel(stemOf(path)));
  return [...byCase].flatMap(([name, channels]) => {
    if (name === null || channels.length < 2 || images.numbered.has(name)) return [];
    const [own] = images.whole.get(name) ?? [];
    if (own === undefined || channels.some((path) => images.whole.has(stemOf(path)))) return [];
    const sorted = channels.toSorted(byPathOrder);
    const image = unnumbered(sorted[0] ?? "", sorted.length - 1);
    return [{ name, labels: own, images: sorted, misnamed: { labels: true, image, exchanged: true } }];
  });
}

/** An unpaired image, with its name interpreted as nearly that of a case. */
interface NearImage {
  readonly path: string;
  readonly fault: ImageFault;
  readonly channel: number;
}

/** By the case's name in lower case, channels in order. */
type NearImages = ReadonlyMap<string, readonly NearImage[]>;

/**
 * Channel numbers of images in other notations: "_000", "-0", "_ch1", ".c2", or four digits without a
 * separator.
 */
const NEAR_NUMBER = /[ _.-]+(?:channel|ch|c|modality|mod|m)?[ _.-]?(\d{1,6})$|(?<=\D)(\d{4})$/i;
/** Suffixes of image names: the modality, or a name for an image. */
const IMAGE_SUFFIX =
  /[ _.-]+(?:image|img|ct|cta|mr|mri|t1|t1w|t1n|t1c|t1ce|t1gd|t2|t2w|t2f|flair|adc|dwi|pet|us|raw|scan|volume)$/i;
/** Suffixes of label names. */
const LABEL_SUFFIX = /[ _.-]+(?:seg|segmentation|label|labels|mask|msk|gt|annotation)$/i;

function nearNames(images: readonly string[]): NearImages {
  const found = images.flatMap((path): (NearImage & { readonly of: string })[] => {
    const stem = stemOf(path);
    const exact = withoutChannel(stem);
    const number = NEAR_NUMBER.exec(stem);
    const channel = Number(number?.[1] ?? number?.[2] ?? 0);
    const suffix = IMAGE_SUFFIX.exec(stem);
    return [
      { of: stem, path, channel: 0, fault: "no-number" as const },
      ...(exact === null
        ? []
        : [{ of: exact, path, channel: Number(stem.slice(-4)), fault: "letters" as const }]),
      ...(exact === null && number
        ? [{ of: stem.slice(0, number.index), path, channel, fault: "other-number" as const }]
        : []),
      ...(suffix ? [{ of: stem.slice(0, suffix.index), path, channel: 0, fault: "no-number" as const }] : []),
    ];
  });
  const byCase = groupBy(found, ({ of }) => of.toLowerCase());
  return new Map(
    [...byCase].map(([name, near]) => [
      name,
      near.toSorted((a, b) => a.channel - b.channel || byPathOrder(a.path, b.path)),
    ]),
  );
}

/** Removes leading zeros, so that "01" and "001" become "1". */
const withoutZeros = (name: string) => name.toLowerCase().replace(/0+(?=\d)/g, "");

/**
 * Pairs a case with the images of one case whose name differs only in leading zeros, if neither could belong
 * to another.
 */
function zerosPair(
  pair: CasePair,
  left: readonly string[],
  isAlone: (bareNumbers: string) => boolean,
): CasePair {
  const key = withoutZeros(pair.name);
  const alike = left.filter((path) => withoutZeros(withoutChannel(stemOf(path)) ?? "") === key);
  const images = oneOfEach(alike, pair.labels);
  const [path] = images;
  if (path === undefined || !isAlone(key)) return pair;
  if (new Set(images.map((one) => withoutChannel(stemOf(one)))).size > 1) return pair;
  const image = { path, fault: "zeros", channel: 0, others: images.length - 1, isOneMore: false } as const;
  return { ...pair, images: images.toSorted(byPathOrder), misnamed: { ...WELL_NAMED, image } };
}

/** @param isAlone whether only one label file has this name, apart from a suffix for labels */
function nearPair(pair: CasePair, near: NearImages, isAlone: (bareName: string) => boolean): CasePair {
  const bare = bareName(pair.name);
  for (const name of isAlone(bare) ? new Set([pair.name, bare]) : [pair.name]) {
    const images = oneOfEachNear(near.get(name.toLowerCase()), pair.labels);
    const [first] = images;
    if (!first) continue;
    const isRight = first.fault === "letters" && caseOf(stemOf(first.path)) === name;
    const { path, fault } = first;
    const image = { path, fault, channel: 0, others: images.length - 1, isOneMore: false };
    return {
      name,
      labels: pair.labels,
      images: images.map((one) => one.path),
      misnamed: { ...WELL_NAMED, labels: name !== pair.name, image: isRight ? null : image },
    };
  }
  return pair;
}

/** Adds images with nearly the case's name. nnU-Net would assign them to another case. */
function withMore(pair: CasePair, near: NearImages): CasePair {
  const more = oneOfEachNear(near.get(pair.name.toLowerCase()), pair.labels);
  const [first] = more;
  if (!first || pair.misnamed.image) return pair;
  const numbers = pair.images.map((path) => Number(stemOf(path).slice(-4)));
  const channel = numbers.includes(first.channel) ? Math.max(...numbers) + 1 : first.channel;
  const { path, fault } = first;
  const image = { path, fault, channel, others: more.length - 1, isOneMore: true };
  return {
    ...pair,
    images: [...pair.images, ...more.map((one) => one.path)],
    misnamed: { ...pair.misnamed, image },
  };
}

const bareName = (stem: string) => stem.replace(LABEL_SUFFIX, "");

/** Returns the name before the channel number; null without one. */
export function withoutChannel(stem: string): string | null {
  return /^(.*)_\d{4}$/.exec(stem)?.[1] || null;
}

const caseOf = (stem: string) => stem.replace(/_\d{4}$/, "");
