/** Layouts with one folder per patient or scan, as in TotalSegmentator and BraTS. */

import { baseName } from "../../base/file-path.ts";
import { groupBy } from "../../base/group-by.ts";
import { folderOf, type InputFile, isClutter, isVolumeName, stemOf } from "../bytes/input-file.ts";
import { byPathOrder, roleByName, roleOfPart } from "./roles.ts";
import { isKindOfFile } from "./training-folders.ts";

/** The folder of one patient, whose files are one case whatever its subfolders are called. */
export interface PatientFolder {
  /** Path below the folder of all patients: "s0001". */
  readonly name: string;
  /** With the final "/". */
  readonly path: string;
}

/**
 * Finds the folders of several patients, which must not be opened as one case: sibling folders that contain
 * files of the same names, or of names that differ like the folders (`B1/B1_seg`, `B2/B2_seg`). Empty for
 * anything else.
 */
export function patientFolders(files: readonly InputFile[]): PatientFolder[] {
  const paths = files.map(({ path }) => path).filter((path) => isVolumeName(path) && !isClutter(path));
  if (paths.every((path) => roleByName(path) === "image")) return [];
  const found = patientsIn("", paths);
  const root = commonRoot(found);
  return found
    .map((path) => ({ path, name: path.slice(root.length, -1) }))
    .sort((a, b) => byPathOrder(a.path, b.path));
}

/** Returns the files in a patient's folder, and definitions and plans in the folders around it. */
export function filesOfPatient(files: readonly InputFile[], { path: folder }: PatientFolder): InputFile[] {
  const around = new Set(files.flatMap(({ path }) => (folder.startsWith(folderOf(path)) ? [path] : [])));
  return files.filter(({ path }) => path.startsWith(folder) || (around.has(path) && !isVolumeName(path)));
}

/** @param parent folder of all these paths, with the final "/" */
function patientsIn(parent: string, paths: readonly string[]): string[] {
  const below = paths.filter((path) => folderOf(path) !== parent);
  const children = [...groupBy(below, (path) => path.slice(0, path.indexOf("/", parent.length) + 1))];
  const all = children.map(([path, own]) => childOf(path, own));
  const alike = alikeAmong(all);
  // A volume beside folders is the common scan of all of them, unless each folder has its own.
  const isOneScan = below.length < paths.length && !alike.every(({ hasImage }) => hasImage);
  // The folders then contain images and labels of the same cases.
  const areKinds = alike.some(({ isPart }) => isPart);
  if (alike.length < 2 || isOneScan || areKinds)
    return children.flatMap(([path, own]) => patientsIn(path, own));
  return all.flatMap(({ path, own }) => {
    const inside = own.some((file) => folderOf(file) === path) ? [] : patientsIn(path, own);
    return inside.length > 0 ? inside : [path];
  });
}

interface Child {
  readonly path: string;
  readonly own: readonly string[];
  /** The folder is named after its content or a body side, so it is not a patient. */
  readonly isPart: boolean;
  readonly hasImage: boolean;
  /** Folders that share one of these belong to several patients. */
  readonly keys: ReadonlySet<string>;
}

/**
 * Compares the names of files below a folder as they are, and also with "*" for the folder's name and "#" for
 * every number. The latter applies only between folders with similar names or with an image each, because
 * folders named after their content (`liver/liver_mask`) contain organs of one patient.
 */
function childOf(path: string, own: readonly string[]): Child {
  const name = baseName(path.slice(0, -1)).toLowerCase();
  const hasImage = own.some((file) => roleByName(file) === "image");
  const isPart = SIDE.test(name) || roleOfPart(name) !== null || isKindOfFile(name);
  const names = own.map((file) => (folderOf(file) + stemOf(file)).slice(path.length).toLowerCase());
  const patterns = names.map((file) => withoutNumbers(file.replaceAll(name, "*")));
  const keys = [
    ...names.map((file) => `name/${file}`),
    ...patterns.map((file) => `folder/${withoutNumbers(name)}/${file}`),
    ...(hasImage ? patterns.map((file) => `image/${file}`) : []),
  ];
  return { path, own, isPart, hasImage, keys: new Set(keys) };
}

/** Folders inside one patient. */
const SIDE = /^(l|r|lh|rh|left|right)$/;

const withoutNumbers = (text: string) => text.replace(/\d+/g, "#");

function alikeAmong(all: readonly Child[]): Child[] {
  const uses = new Map<string, number>();
  for (const { keys } of all) for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1);
  return all.filter(({ keys }) => [...keys].some((key) => (uses.get(key) ?? 0) > 1));
}

/** Returns the folder that contains all of them, with the final "/". */
function commonRoot(folders: readonly string[]): string {
  const [first = "", ...others] = folders.map((path) => folderOf(path.slice(0, -1)));
  let root = first;
  while (!others.every((path) => path.startsWith(root))) root = folderOf(root.slice(0, -1));
  return root;
}
