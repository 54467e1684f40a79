/** Says which parameters of an address cannot be read; loads after the page. Pure. */
import { alternatives, joinNames } from "../../base/join-names.ts";
import { FIELD_LIST, type Kind } from "../../domain/view/fields.ts";
import { DRAWINGS, MAX_ZOOM, MIN_ZOOM, PLANES } from "../../domain/view/view-values.ts";
import { readField } from "./url.ts";

interface Parameter {
  readonly kind: Kind;
  /** The first parameter of the field. */
  readonly address: string;
}

/** A text that has no value, and what the parameter may be instead. */
interface Unread {
  readonly name: string;
  readonly text: string;
  readonly why: string;
}

/** More of a text than this only hides the rest of the sentence. */
const MAX_SHOWN = 40;

/**
 * The parameters of fields that `decodeView` leaves out, in the order of the address. Parameters that are no
 * field belong to others, and the regions that names and texts call for are known only with a case.
 */
export function unreadParameters(params: URLSearchParams): readonly Unread[] {
  const found = new Map<string, Unread>();
  for (const [name, text] of params) {
    const parameter = PARAMETERS.get(name);
    const why = parameter ? refusal(parameter, name, text, params) : null;
    if (why !== null) found.set(`${name}=${text}`, { name, text, why });
  }
  return [...found.values()];
}

/** One sentence on all of them; null if there are none. */
export function unreadNotice(params: URLSearchParams): string | null {
  const unread = unreadParameters(params);
  if (unread.length === 0) return null;
  const each = unread.map(({ name, text, why }) => `“${name}=${shortened(text)}” (${why})`);
  const what = each.length === 1 ? "a parameter" : `${each.length} parameters`;
  return `The address has ${what} that cannot be read and ${each.length === 1 ? "was" : "were"} left out: ${joinNames(each)}.`;
}

const PARAMETERS = new Map<string, Parameter>(
  FIELD_LIST.flatMap(([, { kind, address }]) => {
    if (address === null) return [];
    const second = kind.type === "planes" ? [kind.pans] : kind.type === "patch" ? [kind.size] : [];
    return [address, ...second].map((name): [string, Parameter] => [name, { kind, address }]);
  }),
);

/** What is wrong with a text; null if it is read. */
function refusal(
  { kind, address }: Parameter,
  name: string,
  text: string,
  params: URLSearchParams,
): string | null {
  const values = valuesOf(kind, name);
  if (values === null) return null;
  const must = `may be ${values}`;
  if (!isList(kind) && params.get(name) !== text) return "the first of several counts";
  if (kind.type === "patch" && name === kind.size) {
    if (!params.has(address)) return `it needs ${address}`;
    const patch = readField(
      kind,
      new URLSearchParams([
        [address, "0,0,0"],
        [name, text],
      ]),
      address,
    );
    return patch && Reflect.get(patch, "size") ? null : must;
  }
  const comparison = kind.type === "awaited file" ? params.get(kind.comparison) : null;
  const alone = new URLSearchParams([[name, text]]);
  if (kind.type === "awaited file" && comparison !== null) alone.append(kind.comparison, comparison);
  return readField(kind, alone, address) === null ? must : null;
}

/** True if every parameter of the name counts. */
function isList({ type }: Kind): boolean {
  return type === "rulers" || type === "styles" || type === "colors";
}

/** Null if a parameter may be any text. */
function valuesOf(kind: Kind, name: string): string | null {
  switch (kind.type) {
    case "flag":
      return "0 or 1";
    case "choice":
      return alternatives(kind.values.map((value) => kind.letters?.[value] ?? value));
    case "number":
      return `${kind.whole ? "a whole number" : "a number"} ${range(kind.min, kind.max)}`;
    case "pair":
      return `two numbers ${Number.isFinite(kind.min) ? `${range(kind.min, kind.max)} ` : ""}with a comma between them`;
    case "voxel":
      return "three numbers with commas between them";
    case "window":
      return "level and width with a comma between them, the width above 0";
    case "planes":
      return name === kind.pans
        ? "six numbers with commas between them"
        : `a number ${range(MIN_ZOOM, MAX_ZOOM)}`;
    case "camera":
      return "the eight numbers of a camera";
    case "patch":
      return `three whole numbers ${name === kind.size ? "from 1 " : ""}with commas between them`;
    case "awaited file":
      return `the name of a file, with ${kind.comparison}=definition or ${kind.comparison}=file`;
    case "rulers":
      return `${alternatives(PLANES)}, and the six numbers of both ends`;
    case "styles":
      return `${alternatives(DRAWINGS)}, an opacity from 0 to 1, and a region`;
    case "colors":
      return "six hexadecimal digits, and a region";
    case "text":
    case "names":
    case "name set":
    case "first name":
    case "other names":
      return null;
  }
}

function range(min: number, max: number): string {
  return max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
}

function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
