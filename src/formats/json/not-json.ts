/** Recognises text that looks like JSON but is not, as people and programs write it. */

interface NotJson {
  readonly meaning: string;
  readonly remedy: string;
}

/** Matches a whole double-quoted text or comment, because a comment marker inside either means nothing. */
const TEXTS_AND_COMMENTS = /"(?:[^"\\\n]|\\.)*"|#.*|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g;
/** Matches a text that begins with a straight quote and has no other straight quote in its line. */
const CLOSED_BY_TYPOGRAPHIC = /^"[^"\r\n]*([“”])[^"\r\n]*(?:[\r\n]|$)/;
/** Maximum number of lines to name; a file may have thousands of comments. */
const MAX_LINES = 5;

/**
 * Recognises the first mistake in a text; null for unknown mistakes.
 * @param line of the mistake, from 1
 */
export function notJson(text: string, offset: number, line: number): NotJson | null {
  const rest = text.slice(offset).trimStart();
  const comment = /^(#|\/\/|\/\*)/.exec(rest)?.[0];
  if (comment) return ofComment(rest, comment, line);
  const name = /^-?(NaN|Infinity)\b/.exec(rest)?.[0];
  if (name) {
    return {
      meaning: `JSON has no ${name}`,
      remedy: "Python's json module writes it anyway: replace it with a number or null",
    };
  }
  const python = /^(True|False|None)\b/.exec(rest)?.[0];
  if (python) {
    return {
      meaning: `${python} is Python, not JSON`,
      remedy: "Write true, false and null, or save the file with json.dump",
    };
  }
  if (rest.startsWith("(")) {
    return { meaning: "JSON has no tuples", remedy: "Use square brackets: [1, 2] instead of (1, 2)" };
  }
  if (/^<(!doctype|html)\b/i.test(rest)) {
    return {
      meaning: "this is an HTML page, not JSON",
      remedy: "Download the file itself, not the page that shows it (on GitHub: Download raw file)",
    };
  }
  const typographic = /^[“”„‟‘’‚‛]/.exec(rest)?.[0] ?? CLOSED_BY_TYPOGRAPHIC.exec(rest)?.[1];
  if (typographic) {
    return {
      meaning: `${typographic} is a typographic quote, but JSON requires straight ones`,
      remedy: 'Put names and texts in straight double quotes ("), everywhere in the file',
    };
  }
  if (rest.startsWith("'")) {
    return {
      meaning: "JSON has no single quotes",
      remedy: "Put names and texts in double quotes, everywhere in the file",
    };
  }
  return null;
}

/** @param rest of the file, from the first comment on */
function ofComment(rest: string, comment: string, firstLine: number): NotJson {
  const lines = new Set<number>();
  let line = firstLine;
  let at = 0;
  for (const { 0: found, index } of rest.matchAll(TEXTS_AND_COMMENTS)) {
    line += newlines(rest.slice(at, index));
    at = index;
    if (!found.startsWith('"') && line > firstLine) lines.add(line);
    if (lines.size > MAX_LINES) break;
  }
  const what =
    comment === "/*" ? "everything from /* to */" : `everything from ${comment} to the end of the line`;
  return { meaning: "JSON has no comments", remedy: `Remove ${what}${alsoIn([...lines])}` };
}

function newlines(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** ", here and in lines 5, 6 and 9". */
function alsoIn(lines: readonly number[]): string {
  const [only] = lines;
  if (only === undefined) return "";
  if (lines.length > MAX_LINES) return ", and likewise for every other comment in the file";
  const last = lines.at(-1);
  return lines.length === 1
    ? `, here and in line ${only}`
    : `, here and in lines ${lines.slice(0, -1).join(", ")} and ${last}`;
}
