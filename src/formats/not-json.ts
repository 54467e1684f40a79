/** What people and programs write that looks like JSON and is none. */
import { list } from "../domain/findings/words.ts";

export interface NotJson {
  readonly meaning: string;
  readonly remedy: string;
}

export const LINE_END = /\r\n|\r|\n/;

/** The line of a place in a text, from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(LINE_END).length;
}

/** A double-quoted text, or what begins a comment. */
const TEXTS_AND_COMMENTS = /"(?:[^"\\\n]|\\.)*"|#|\/\/|\/\*/g;

/** What stands at the first mistake, if it is something that is known; null for other mistakes. */
export function notJson(text: string, offset: number): NotJson | null {
  const rest = text.slice(offset).trimStart();
  const from = text.length - rest.length;
  const comment = /^(#|\/\/|\/\*)/.exec(rest)?.[0];
  if (comment) return ofComment(text, from, comment);
  const word = /^-?(NaN|Infinity)\b/.exec(rest)?.[0];
  if (word) {
    return {
      meaning: `JSON has no ${word}`,
      remedy: "Python's json writes it all the same: write a number or null in its place",
    };
  }
  const python = /^(True|False|None)\b/.exec(rest)?.[0];
  if (python) {
    return {
      meaning: `${python} is Python, not JSON`,
      remedy: "Write true, false and null, or save the file with json.dump",
    };
  }
  if (rest.startsWith("("))
    return { meaning: "JSON has no tuples", remedy: "Write square brackets, as in [1, 2], for (1, 2)" };
  if (rest.startsWith("'"))
    return {
      meaning: "JSON has no single quotes",
      remedy: "Put names and texts in double quotes, everywhere in the file",
    };
  return null;
}

function ofComment(text: string, from: number, comment: string): NotJson {
  const what =
    comment === "/*" ? "everything from /* to */" : `everything from ${comment} to the end of the line`;
  const first = lineOf(text, from);
  const all = [...text.matchAll(TEXTS_AND_COMMENTS)].filter(([found]) => !found.startsWith('"'));
  // What stands in a comment is a part of it.
  const lines = [...new Set(all.map(({ index }) => lineOf(text, index)))].filter((line) => line > first);
  const others =
    lines.length > 0 ? `, here and in ${lines.length === 1 ? "line" : "lines"} ${list(lines)}` : "";
  return { meaning: "JSON knows no comments", remedy: `Take out ${what}${others}` };
}
