/** What is kept of the end of a name at least, in characters; as much as fits of its last word at most. */
const TAIL = 6;
const MOST_TAIL = 9;
/** Shorter names fit. */
const LONG = 12;

/** Where a name that is too long is cut: names of one family differ at their ends, by side or number. */
export function splitName(name: string): readonly [head: string, tail: string] {
  const characters = [...name];
  if (characters.length <= LONG) return [name, ""];
  const word = /[\s_\-./][^\s_\-./]+$/.exec(name)?.[0] ?? "";
  const length = [...word].length;
  const tail = length > 1 && length <= MOST_TAIL ? length : TAIL;
  return [characters.slice(0, -tail).join(""), characters.slice(-tail).join("")];
}

/** A name on one line; where it has no room, its middle gives way, not its end. */
export function ElidedName({ name }: { readonly name: string }) {
  const [head, tail] = splitName(name);
  return (
    <span className="elided">
      <span className="elided-head">{head}</span>
      {tail ? <span className="elided-tail">{tail}</span> : null}
    </span>
  );
}
