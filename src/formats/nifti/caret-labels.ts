/** Reads label tables in NIfTI extensions. */
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { NiftiExtension } from "./nifti-extensions.ts";

const CARET_CODE = 30;

/**
 * Reads the label table of a CaretExtension, which Connectome Workbench and TotalSegmentator write: names and
 * colours.
 *
 * Recognises it by its text, because TotalSegmentator gives it extension code 0. Uses patterns, because
 * workers have no XML parser, and skips anything that does not look like a label.
 */
export function caretLabels(extensions: readonly NiftiExtension[]): LabelName[] {
  for (const { code, data } of extensions) {
    const text = new TextDecoder().decode(data);
    if (code !== CARET_CODE && !text.includes("<CaretExtension")) continue;
    const table = /<LabelTable\b[^>]*>([\s\S]*?)<\/LabelTable>/.exec(text)?.[1];
    if (table !== undefined) return readTable(table);
  }
  return [];
}

function readTable(table: string): LabelName[] {
  const labels = new Map<number, LabelName>();
  for (const [, attributes = "", content = ""] of table.matchAll(
    /<Label\b([^>]*?)(?:\/>|>([\s\S]*?)<\/Label>)/g,
  )) {
    const attribute = (name: string) =>
      new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`, "i").exec(attributes)?.[1];
    const value = Number(attribute("Key") ?? Number.NaN);
    const name = plainText(content);
    if (!Number.isFinite(value) || name === "") continue;
    labels.set(value, { value, name, color: readColor(["Red", "Green", "Blue"].map(attribute)) });
  }
  return [...labels.values()];
}

function readColor(parts: readonly (string | undefined)[]): readonly [number, number, number] | null {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = parts.map((part) =>
    Number(part ?? Number.NaN),
  );
  if (![red, green, blue].every((part) => part >= 0 && part <= 255)) return null;
  // The format specifies 0 to 1; some writers use 0 to 255.
  const most = Math.max(red, green, blue) > 1 ? 255 : 1;
  return [red / most, green / most, blue / most];
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function plainText(content: string): string {
  const data = /<!\[CDATA\[([\s\S]*?)\]\]>/.exec(content)?.[1];
  if (data !== undefined) return data.trim();
  return content.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? "").trim();
}
