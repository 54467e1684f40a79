/** Writes what `check` prints while it works: a line a case, and a summary. */
import { plural } from "../../src/base/format-numbers.ts";
import { joinNames } from "../../src/base/join-names.ts";
import type { CaseRecord } from "../../src/domain/dataset-check/case-record.ts";
import type { ListedCase } from "../../src/domain/dataset-check/check-file.ts";
import { type Finding, SEVERITIES } from "../../src/domain/findings/finding.ts";

/** What the lines say of a record, so that the record itself need not stay. */
export interface RecordFacts {
  readonly errors: number;
  readonly warnings: number;
  /** Codes of errors and warnings, worst first. */
  readonly codes: readonly string[];
  /** Why the case cannot be read; null if it can. */
  readonly unreadable: string | null;
}

/** An unreadable case has one error: that it is unreadable. */
export function factsOf(record: CaseRecord): RecordFacts {
  if (record.status === "unreadable")
    return { errors: 1, warnings: 0, codes: [], unreadable: record.sentence };
  const all = [...record.findings, ...predictionFindings(record.prediction)];
  const of = (severity: Finding["severity"]) => all.filter((one) => one.severity === severity);
  const codes = SEVERITIES.filter((severity) => severity !== "info").flatMap(of);
  return {
    errors: of("error").length,
    warnings: of("warning").length,
    codes: [...new Set(codes.map(({ code }) => code))],
    unreadable: null,
  };
}

function predictionFindings(prediction: Extract<CaseRecord, { status: "ok" }>["prediction"]) {
  if (prediction === null) return [];
  return "refused" in prediction ? [prediction.refused] : prediction.findings;
}

/**
 * Says which images each case lacks or has too many of, by its name. Only the summary, which knows all cases,
 * makes findings of that; nothing is said here if every case has one image, which may hold all channels.
 *
 * @param channels number of them that dataset.json names; 0 if it does not
 */
export function imageNotes(cases: readonly ListedCase[], channels: number): ReadonlyMap<string, string> {
  const isOneEach = cases.every(({ images }) => images.length === 1);
  const notes = new Map<string, string>();
  for (const { name, labels, images } of cases) {
    // A case without labels is unreadable, and its sentence is about that.
    if (labels === null) continue;
    if (images.length === 0) notes.set(name, "no image");
    else if (channels > 0 && images.length !== channels && !isOneEach)
      notes.set(name, `${plural(images.length, "image")} for ${plural(channels, "channel")}`);
  }
  return notes;
}

/** Wider names move their line's other columns. */
const WIDEST_NAME = 32;
const CODES_SHOWN = 5;

export class CaseLines {
  readonly #names: readonly string[];
  readonly #notes: ReadonlyMap<string, string>;
  readonly #print: (line: string) => void;
  readonly #width: number;
  readonly #total = { errors: 0, warnings: 0, unreadable: 0 };
  #checked = 0;
  #kept = 0;

  /**
   * @param names of all cases of the part
   * @param notes what is said of a case beside its findings
   */
  constructor(names: readonly string[], notes: ReadonlyMap<string, string>, print: (line: string) => void) {
    this.#names = names;
    this.#notes = notes;
    this.#print = print;
    this.#width = names.reduce((widest, { length }) => Math.max(widest, Math.min(length, WIDEST_NAME)), 0);
  }

  get total(): { readonly errors: number; readonly warnings: number } {
    return this.#total;
  }

  /** Counts a case that did not change since it was checked. */
  kept(facts: RecordFacts): void {
    this.#kept++;
    this.#count(facts);
  }

  /** @param seconds null for a case that was not read */
  done(name: string, facts: RecordFacts, seconds: number | null): void {
    this.#checked++;
    this.#count(facts);
    const all = String(this.#names.length);
    const place = String(this.#checked + this.#kept).padStart(all.length);
    const columns = [
      `[${place}/${all}] ${name.padEnd(this.#width)}`,
      ...found(facts, this.#notes.get(name)),
      ...(seconds === null ? [] : [` ${seconds.toFixed(2)} s`]),
    ];
    this.#print(columns.join("  "));
  }

  /**
   * @param part "Part 1 (of 0 to 2)"; null for all cases
   * @param seconds without those of the start
   * @param startSeconds until the first case could be checked; null where nothing was started
   */
  summary(part: string | null, seconds: number, startSeconds: number | null): void {
    const { errors, warnings, unreadable } = this.#total;
    const missing = this.#names.length - this.#checked - this.#kept;
    const cases = [
      `${this.#checked} checked`,
      ...(this.#kept > 0 ? [`${this.#kept} unchanged`] : []),
      ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
      ...(missing > 0 ? [`${missing} not checked`] : []),
    ];
    this.#print(
      `${part === null ? "" : `${part}: `}${plural(this.#names.length, "case")}: ${cases.join(", ")}; ` +
        `${plural(errors, "error")}, ${plural(warnings, "warning")}; ${seconds.toFixed(1)} s` +
        (startSeconds === null ? "" : ` after ${startSeconds.toFixed(1)} s to start`),
    );
  }

  #count({ errors, warnings, unreadable }: RecordFacts): void {
    this.#total.errors += errors;
    this.#total.warnings += warnings;
    if (unreadable !== null) this.#total.unreadable++;
  }
}

function found({ errors, warnings, codes, unreadable }: RecordFacts, note: string | undefined): string[] {
  if (unreadable !== null) return ["unreadable", unreadable];
  const counts = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
  ];
  const columns = [
    ...(counts.length > 0 ? [counts.join(", "), joinCodes(codes)] : []),
    ...(note === undefined ? [] : [note]),
  ];
  return columns.length > 0 ? columns : ["nothing found"];
}

function joinCodes(codes: readonly string[]): string {
  return codes.length > CODES_SHOWN ? joinNames(codes, CODES_SHOWN) : codes.join(", ");
}

/** One line of a terminal, whatever the names in it contain. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
