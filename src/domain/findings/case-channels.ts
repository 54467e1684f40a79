/** Compares the images of each case with `channel_names`, counting as nnU-Net does (`check_cases`). */
import { plural, pluralForm } from "../../base/format-numbers.ts";
import { groupBy } from "../../base/group-by.ts";
import { namedChannels } from "../dataset/channel-names.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import { type CaseImages, type DatasetFiles, placesOf, TRAINING_FOLDERS } from "../dataset/dataset-files.ts";
import { type Finding, finding } from "./finding.ts";
import { list } from "./text.ts";

/** Reports cases that have more or fewer images than channels. Returns at most one finding. */
export function caseChannels(definition: DatasetDefinition, files: DatasetFiles | null): Finding[] {
  const { channels, keys, listed = [] } = definition;
  const names = namedChannels(definition);
  // A single file may hold all channels; then the files of the other cases do too.
  if (!channels || names === 0 || (files?.imageVolumes ?? 1) > 1) return [];
  const isListed = keys.includes("dataset");
  const cases = isListed
    ? listed.map(({ name, images }) => ({ name, images: images.length }))
    : casesOf(definition, files);
  const wrong = cases.filter(({ images }) => images !== names);
  const [first] = wrong;
  if (!first) return [];
  const isEach = wrong.length === cases.length && wrong.every(({ images }) => images === first.images);
  const images = files?.folder ? placesOf(files.folder).images : TRAINING_FOLDERS.images;
  const where = isListed ? "in “dataset”" : `in ${images}`;
  const expected = `${channels.key} has ${names} ${pluralForm(names, "channel", "channels")}`;
  if (isEach && cases.length > 1) {
    const remedy =
      first.images > names
        ? `Name all ${first.images} channels, or remove the images that are not channels`
        : "Remove the names without an image, or add their images to every case";
    return [
      said(
        `Every case has ${imagesText(first.images)} for ${plural(names, "channel")}`,
        `rejects every case because each has ${imagesText(first.images)} ${where}, but ${expected}. ${remedy}.`,
      ),
    ];
  }
  const title =
    wrong.length === 1
      ? `${first.name} has ${imagesText(first.images)} for ${plural(names, "channel")}`
      : `${wrong.length} cases do not have ${plural(names, "image")}`;
  const byNumber = [...groupBy(wrong, ({ images }) => images)].sort(([a], [b]) => a - b);
  const who = byNumber.map(([images, own]) => {
    const each = own.length > 1 ? " each" : "";
    const has = pluralForm(own.length, "has", "have");
    return `${list(own.map(({ name }) => name))} ${has} ${imagesText(images)}${each}`;
  });
  const lacks = wrong.some(({ images }) => images < names) ? "Add the missing images" : null;
  const spare = wrong.some(({ images }) => images > names) ? "remove the extra ones" : null;
  const remedies = [lacks, spare].filter((text) => text !== null).join(", ");
  const those = wrong.length === 1 ? "the case" : "these cases";
  const remedy = lacks ? `${remedies}, or remove ${those}` : "Remove the extra images";
  return [said(title, `stops because ${who.join(", ")} ${where}, but ${expected}. ${remedy}.`)];
}

function said(title: string, text: string): Finding {
  return finding("error", "case-channels", title, `nnU-Net's integrity check ${text}`);
}

/**
 * nnU-Net looks for images with the ending from dataset.json. If all files share a different ending,
 * `file-ending` reports it.
 */
function casesOf({ fileEnding }: DatasetDefinition, files: DatasetFiles | null): readonly CaseImages[] {
  const all = files?.folder?.channels ?? [];
  const endings = new Set(all.map(({ ending }) => ending));
  return endings.size < 2 ? all : all.filter(({ ending }) => ending === fileEnding);
}

const imagesText = (count: number) =>
  count === 0 ? "no image" : `${count} ${pluralForm(count, "image", "images")}`;
