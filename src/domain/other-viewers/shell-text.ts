/** Writes texts, such as file names, so that a shell takes them as they are, whatever they contain. Pure. */

/** What a terminal runs: a POSIX shell (bash, zsh), or PowerShell, whose texts cmd does not run either. */
export type Shell = "posix" | "powershell";

const PLAIN = /^[\w./][\w./-]*$/;

/** Characters that a terminal may act on when text is pasted, or that show text in another order. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be written as numbers
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** One argument of a command. */
function shellText(text: string, shell: Shell): string {
  if (PLAIN.test(text)) return text;
  if (shell === "powershell") return inPowerShell(text);
  return CONTROL.test(text) ? inNumbers(text) : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A path that no program takes for an option. */
export function pathText(path: string, shell: Shell): string {
  return shellText(path.startsWith("-") ? `./${path}` : path, shell);
}

/**
 * Double quotes, because cmd knows no others: in PowerShell a backtick keeps characters from having a
 * meaning, and in cmd nothing inside double quotes runs.
 */
function inPowerShell(text: string): string {
  const escaped = text.replace(/[`$"“”„]/g, "`$&");
  return `"${escaped.replace(new RegExp(CONTROL, "g"), (c) => `$([char]${c.charCodeAt(0)})`)}"`;
}

/** `$'…'` of bash and zsh, with everything unusual as bytes of UTF-8. */
function inNumbers(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[\w./ -]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `$'${bytes.join("")}'`;
}
