/** Reads tables of label names that were opened with a case. */
import { labelList } from "../../domain/findings/text.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import { isLabelTable, noLabelTable, readLabelTable } from "../volume/label-table.ts";
import type { ChosenInputs } from "./choose-inputs.ts";

/** The opened table of label names and colours, if any. */
interface OpenedTable {
  readonly file: string | null;
  readonly labels: readonly LabelName[];
  readonly notices: readonly string[];
}

/** Maximum number of line numbers to name; a file may have thousands. */
const MAX_LINES = 8;

/** @throws InputError if a table is unreadable, or if a file was named as one but is not */
export async function readTables({ tables, required }: ChosenInputs): Promise<OpenedTable> {
  const [first, ...others] = tables;
  if (!first) return { file: null, labels: [], notices: [] };
  if (required.has(first) && !(await isLabelTable(first))) throw noLabelTable(first);
  const { file, labels, brokenLines, repeated } = await readLabelTable(first);
  const notices = others.map(({ path }) => `${path} was skipped: names and colours come from ${file}.`);
  if (brokenLines.length > 0) notices.push(`${file}: ${linesText(brokenLines)}.`);
  if (repeated.length > 0) {
    const several = repeated.length > 1 ? "have several lines each" : "has several lines";
    notices.push(`${file}: ${labelList(repeated)} ${several}; the last one counts.`);
  }
  return { file, labels, notices };
}

function linesText(lines: readonly number[]): string {
  const [only] = lines;
  if (lines.length === 1) return `line ${only} was skipped: it must contain a label, a name and a colour`;
  const shown = lines.length > MAX_LINES ? lines.slice(0, MAX_LINES - 1) : lines.slice(0, -1);
  const last = lines.length > MAX_LINES ? `${lines.length - shown.length} more` : lines.at(-1);
  return `lines ${shown.join(", ")} and ${last} were skipped: each must contain a label, a name and a colour`;
}
