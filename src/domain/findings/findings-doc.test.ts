/** Tests that `docs/findings.md` lists every code in the sources, with its severities. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const HERE = new URL("./", import.meta.url);
const DOC = new URL("../../../docs/findings.md", HERE);
const SEVERITIES = ["error", "warning", "info"];

/** Those of one case, and those of a dataset. */
const FOLDERS = [HERE, new URL("../dataset-check/findings/", HERE)];

/** Source text of all findings. */
const SOURCES = FOLDERS.flatMap(filesOf).map((file) => readFileSync(file, "utf8"));

function filesOf(folder: URL): URL[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => new URL(name, folder));
}

const quotedIn = (text: string) => [...text.matchAll(/"([^"]*)"/g)].map(([, inside]) => inside ?? "");

/** The first two arguments of every call to `finding`, as written. */
function callsIn(source: string): { readonly severity: string; readonly code: string }[] {
  return [...source.matchAll(/(?<!function )\bfinding\(/g)].map(({ index, 0: { length } }) => {
    const [severity = "", code = ""] = argumentsAt(source, index + length);
    return { severity, code };
  });
}

function argumentsAt(source: string, from: number): string[] {
  const found: string[] = [];
  let [depth, start] = [0, from];
  for (let at = from; at < source.length && found.length < 2; at++) {
    const sign = source[at] ?? "";
    if (sign === '"') at = source.indexOf('"', at + 1);
    else if ("([{".includes(sign)) depth++;
    else if (")]}".includes(sign)) depth--;
    else if (sign === "," && depth === 0) {
      found.push(source.slice(start, at).trim());
      start = at + 1;
    }
  }
  return found;
}

/**
 * All codes with their possible severities. A severity passed as a variable counts as any that its file
 * names.
 */
function codesInSources(): Map<string, Set<string>> {
  const constants = new Map(
    SOURCES.flatMap((source) =>
      [...source.matchAll(/\bconst (\w+) = "([\w-]+)"/g)].map(
        ([, name, value]) => [name ?? "", value ?? ""] as const,
      ),
    ),
  );
  const codes = new Map<string, Set<string>>();
  for (const source of SOURCES) {
    const passedOn = [...source.matchAll(/\bseverity: "(\w+)"/g)].map(([, severity]) => severity ?? "");
    for (const { severity, code } of callsIn(source)) {
      const written = quotedIn(severity);
      const own = quotedIn(code);
      for (const one of own.length > 0 ? own : [constants.get(code) ?? code]) {
        const all = codes.get(one) ?? new Set();
        for (const each of written.length > 0 ? written : passedOn) all.add(each);
        codes.set(one, all);
      }
    }
  }
  return codes;
}

interface Row {
  readonly code: string;
  readonly severities: readonly string[];
  readonly meaning: string;
  readonly remedy: string;
}

const ROWS = readFileSync(DOC, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line): Row => {
    const cells = line.split("|").map((cell) => cell.trim());
    expect(cells, line).toHaveLength(7);
    const [, code = "", severities = "", meaning = "", remedy = ""] = cells;
    return { code: code.replaceAll("`", ""), severities: severities.split(", "), meaning, remedy };
  });

const sorted = (values: Iterable<string>) => [...values].sort();

describe("docs/findings.md", () => {
  const codes = codesInSources();

  it("has a row for every code of the sources, and no other rows", () => {
    const documented = ROWS.map(({ code }) => code);
    const missing = sorted(codes.keys()).filter((code) => !documented.includes(code));
    const gone = documented.filter((code) => !codes.has(code));
    expect(missing, "codes that docs/findings.md needs a row for").toEqual([]);
    expect(gone, "rows of docs/findings.md whose code no source has").toEqual([]);
    expect(codes.size).toBeGreaterThan(30);
  });

  it("has every code once, in alphabetical order", () => {
    expect(ROWS.map(({ code }) => code)).toEqual(sorted(new Set(ROWS.map(({ code }) => code))));
  });

  it("gives every code the severities that the sources give it", () => {
    for (const { code, severities } of ROWS) {
      const inSources = SEVERITIES.filter((severity) => codes.get(code)?.has(severity));
      expect(severities, `severities of ${code} in docs/findings.md`).toEqual(inSources);
    }
    for (const [code, severities] of codes) {
      expect(
        sorted(severities).filter((each) => !SEVERITIES.includes(each)),
        code,
      ).toEqual([]);
    }
  });

  it("gives every code a meaning and a remedy", () => {
    for (const { code, meaning, remedy } of ROWS) {
      expect(meaning, code).toMatch(/\w{3}/);
      expect(remedy, code).toMatch(/\w{3}/);
    }
  });
});

describe("the reading of sources", () => {
  it("finds severities and codes as they are written", () => {
    const source =
      'x ? finding(a, b(1, "c, d"), "e")\n : finding(\n  n > 0 ? "error" : "info",\n  "my-code",\n `t`,\n)';
    expect(callsIn(source)).toEqual([
      { severity: "a", code: 'b(1, "c, d")' },
      { severity: 'n > 0 ? "error" : "info"', code: '"my-code"' },
    ]);
    expect(callsIn("export function finding(severity: Severity, code: string) {}")).toEqual([]);
  });
});
