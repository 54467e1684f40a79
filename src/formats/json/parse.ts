/** Parses JSON with positions, and explains mistakes in it. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { InputError } from "../../base/errors.ts";
import { FOREIGN_HEAD_BYTES, knownFormat } from "../bytes/foreign-formats.ts";
import { notJson } from "./not-json.ts";

export interface JsonDocument {
  readonly root: Node;
  readonly text: string;
}

const MEANING: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is not a JSON value",
  InvalidNumberFormat: "this is not a JSON number",
  PropertyNameExpected: "a name in double quotes is expected",
  ValueExpected: "a value is expected",
  ColonExpected: "a colon is expected",
  CommaExpected: "a comma is expected",
  CloseBraceExpected: "a closing brace is expected",
  CloseBracketExpected: "a closing bracket is expected",
  EndOfFileExpected: "the file should end here",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "the closing quote is missing",
  UnexpectedEndOfNumber: "the number is incomplete",
  InvalidUnicode: "the \\u escape is incomplete",
  InvalidEscapeCharacter: "this escape does not exist",
  InvalidCharacter: "this character is not allowed here",
};

/**
 * Parses strict JSON into a tree that keeps textual order, duplicate keys and positions.
 * @throws InputError with line and column of the first mistake
 */
export function parseJson(text: string, file: string): JsonDocument {
  const errors: ParseError[] = [];
  const root = parse(text, errors, file);
  const first = errors[0];
  if (!first && root) return { root, text };
  const { offset, meaning } = firstMistake(text, first);
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const column = (before.at(-1)?.length ?? 0) + 1;
  const known = notJson(text, offset, before.length);
  throw new InputError(
    file,
    `it is not valid JSON at line ${before.length}, column ${column} (${known?.meaning ?? meaning})`,
    known?.remedy ?? "Correct it there and open it again",
  );
}

function parse(text: string, errors: ParseError[], file: string): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    throw new InputError(file, "its JSON is nested too deeply", "Choose dataset.json or a plans file");
  }
}

function firstMistake(text: string, error: ParseError | undefined): { offset: number; meaning: string } {
  if (!error) return { offset: 0, meaning: "a value is expected" };
  const offset = Math.min(error.offset, text.length);
  const rest = text.slice(offset).trimStart();
  const comma = text.slice(0, offset).trimEnd();
  if (comma.endsWith(",") && /^[}\]]/.test(rest)) {
    return { offset: comma.length - 1, meaning: `the comma before "${rest[0]}" is not allowed` };
  }
  if (rest === "") return { offset, meaning: "the file ends too early" };
  return { offset, meaning: MEANING[printParseErrorCode(error.error)] ?? "JSON is broken here" };
}

/**
 * Reads the text of a JSON file.
 * @throws InputError if it is not UTF-8
 */
export async function readJsonText(blob: Blob, file: string): Promise<string> {
  const bytes = await blob.arrayBuffer().catch(() => {
    throw new InputError(file, "it cannot be read", "Choose it again");
  });
  if (bytes.byteLength === 0) {
    throw new InputError(file, "it is empty (0 bytes)", "Copy or download it again");
  }
  const foreign = knownFormat(new Uint8Array(bytes, 0, Math.min(bytes.byteLength, FOREIGN_HEAD_BYTES)));
  if (foreign) throw new InputError(file, foreign.problem, foreign.remedy);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(file, "it is not UTF-8 text", "Save it as UTF-8 and open it again");
  }
}

/** Returns the members of an object in textual order, including duplicates; empty for anything else. */
export function members(node: Node | undefined): { name: string; value: Node }[] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap((property) => {
    const [name, value] = property.children ?? [];
    return name && value ? [{ name: String(name.value), value }] : [];
  });
}

/** Returns the member that a JSON parser would keep: the last of that name. */
export function member(node: Node | undefined, name: string): Node | undefined {
  return members(node).findLast((entry) => entry.name === name)?.value;
}
