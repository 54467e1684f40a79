/** Helpers for every tool: the project's root, child processes, output, and failures as one line. */
import { spawn } from "node:child_process";
import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { errorMessage } from "../src/base/errors.ts";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** A failure with a message for people: printed as it is, without a stack. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Runs a tool's main function; turns a failure into one line on stderr and its exit code. */
export async function main(body: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await body();
  } catch (error) {
    const text = errorMessage(error);
    process.stderr.write(`${error instanceof Failure ? text : (text.split("\n")[0] ?? text)}\n`);
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
  }
}

/** True if this file was started, not imported. */
export function isMain(url: string): boolean {
  return process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(url);
}

/** The folder for relative paths: where `npm run` was called, which may not be the project's root. */
export function callerFolder(script: string): string {
  return (isScript(script) && process.env.INIT_CWD) || process.cwd();
}

/** What starts a command here, for its usage: `npm run -s report --`, or `regionscope report`. */
export function invocation(script: string): string {
  return isScript(script) ? `npm run -s ${script} --` : `regionscope ${script}`;
}

/**
 * True if this project's `npm run` started the command. A user's own project may have a script of the same
 * name that calls the installed program.
 */
function isScript(name: string): boolean {
  const { npm_lifecycle_event: event, npm_package_json: project } = process.env;
  if (event !== name || project === undefined || !existsSync(project)) return false;
  return realpathSync(project) === realpathSync(join(root, "package.json"));
}

/**
 * @throws Failure with the sentence if the call takes longer; the call continues, but its result is dropped
 */
export function inTime<T>(call: Promise<T>, seconds: number, sentence: string): Promise<T> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Failure(sentence)), seconds * 1000);
    call.then(done, fail).finally(() => clearTimeout(late));
  });
}

/**
 * Parses the value of an option that counts or measures something.
 * @throws Failure, with the usage, unless it is a number above 0
 */
export function positive(value: string, usage: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number)))
    throw new Failure(`${value} is no number above 0. ${usage}`, 2);
  return number;
}

/** Parses a tool's options. @throws Failure, with the usage, for an unknown option */
export function readOptions<T extends NonNullable<ParseArgsConfig["options"]>>(
  options: T,
  usage: string,
  allowPositionals = false,
) {
  try {
    return parseArgs({ options, allowPositionals });
  } catch (error) {
    throw new Failure(`${errorMessage(error)} ${usage}`, 2);
  }
}

/**
 * Absolute path of a tool's output file, checked before the work starts.
 * @param option its name on the command line, such as `--json`
 * @throws Failure if the path is a folder, or its folder does not exist
 */
export function fileToWrite(script: string, option: string, given: string): string {
  const file = resolve(callerFolder(script), given);
  const folder = dirname(file);
  if (isFolder(file)) throw new Failure(`${option} ${given}: this is a folder. Name a file in it.`, 2);
  if (!isFolder(folder))
    throw new Failure(`${option} ${given}: there is no folder ${folder}. Make it first.`, 2);
  return file;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Writes to stdout, and waits until a pipe has accepted all of it. */
export function print(text: string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(text, (error) => (error ? failed(error) : done()));
  });
}

/** Shows a line of progress, which the next one replaces. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

/** Path of a program in node_modules/.bin. */
export function bin(name: string): string {
  return join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly quiet?: boolean;
}

/** Runs a program in the project's root to its end. @returns its exit code; 127 if it could not start */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: options.quiet ? "ignore" : "inherit",
      env: { ...process.env, ...options.env },
      shell: process.platform === "win32",
    });
    child.on("error", () => done(127));
    child.on("close", (code, signal) => done(code ?? (signal ? 1 : 0)));
  });
}
