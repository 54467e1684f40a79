/** Fits sentences into others. */

/** A sentence as it goes on after a colon. Names of files, functions and readers keep their first letter. */
export function continued(sentence: string): string {
  const [word = ""] = sentence.split(" ");
  return /^[A-Z][a-z]*$/.test(word) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
