/** Numbers objects, so that a text can name one without keeping it alive. */
const numbers = new WeakMap<object, number>();
let last = 0;

/** The same number for the same object, and no other object's. */
export function objectNumber(object: object): number {
  const known = numbers.get(object);
  if (known !== undefined) return known;
  numbers.set(object, ++last);
  return last;
}
