/** Shortens long names in the middle, because names of one family differ at their ends, by side or number. */

/**
 * Characters kept at the end: the part after the last separator if it has at most MAX_TAIL, otherwise TAIL.
 */
const TAIL = 6;
const MAX_TAIL = 9;
/** Names up to this length fit. */
const LONG = 12;

/** Splits a name into a part that may be cut and an end that is kept. */
export function splitName(name: string): readonly [head: string, tail: string] {
  const characters = [...name];
  if (characters.length <= LONG) return [name, ""];
  const last = /[\s_\-./][^\s_\-./]+$/.exec(name)?.[0] ?? "";
  const length = [...last].length;
  const tail = length > 1 && length <= MAX_TAIL ? length : TAIL;
  return [characters.slice(0, -tail).join(""), characters.slice(-tail).join("")];
}

/** A name on one line that is cut in the middle if it does not fit. */
export function ElidedName({ name }: { readonly name: string }) {
  const [head, tail] = splitName(name);
  return (
    <span className="elided">
      <span className="elided-head">{head}</span>
      {tail ? <span className="elided-tail">{tail}</span> : null}
    </span>
  );
}
