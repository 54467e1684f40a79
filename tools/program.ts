/** The commands of the program `regionscope`. Each is loaded when it is called. */
import { callerFolder, Failure, print } from "./run.ts";
import { programVersion } from "./version.ts";

/**
 * Runs one command and prints what it says.
 * @param args those after the command's name
 * @param base absolute path of the folder for relative paths
 * @returns the exit code
 * @throws Failure
 */
type CommandBody = (args: readonly string[], base: string) => Promise<number>;

interface Command {
  readonly name: string;
  /** What it does, for `--help`. */
  readonly does: string;
  load(): Promise<CommandBody>;
}

const COMMANDS: readonly Command[] = [
  {
    name: "report",
    does: "write the JSON report of a case",
    load: async () => (await import("./report-command.ts")).report,
  },
  {
    name: "bench",
    does: "time the three paths on one workload, or on a suite",
    load: async () => (await import("./bench-command.ts")).benchCommand,
  },
  {
    name: "check",
    does: "check the cases of a dataset, or a part of them",
    load: async () => {
      const { checkCommand } = await import("./check/check-command.ts");
      return (args, base) =>
        checkCommand(args, base, async (options) => {
          // Imported late: what is refused or done already needs no worker.
          const { openChecker } = await import("./check/worker-checker.ts");
          return openChecker(options);
        });
    },
  },
  {
    name: "summary",
    does: "summarise what a check wrote, as tables and a page",
    load: async () => (await import("./summary/summary-command.ts")).summaryCommand,
  },
  {
    name: "serve",
    does: "serve the page on this machine",
    load: async () => (await import("./serve-command.ts")).serveCommand,
  },
];

const BAD_USAGE = 2;
const WIDTH = Math.max(...COMMANDS.map(({ name }) => name.length));
const USAGE = `regionscope COMMAND [OPTION ...]
${COMMANDS.map(({ name, does }) => `  ${name.padEnd(WIDTH)}  ${does}`).join("\n")}
regionscope help COMMAND prints the options of a command, regionscope --version the version.
`;

/**
 * @param args those after the program's name
 * @returns the exit code
 * @throws Failure
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) {
    process.stderr.write(USAGE);
    return BAD_USAGE;
  }
  if (first === "--version") return printed(`${programVersion()}\n`);
  if (first === "--help" || first === "-h") return printed(USAGE);
  if (first === "help") {
    const [about] = rest;
    return about === undefined ? printed(USAGE) : runCommand(about, ["--help"]);
  }
  return runCommand(first, rest);
}

async function runCommand(name: string, args: readonly string[]): Promise<number> {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command)
    throw new Failure(`There is no command ${name}: regionscope --help lists those there are.`, BAD_USAGE);
  const body = await command.load();
  return body(args, callerFolder(name));
}

async function printed(text: string): Promise<number> {
  await print(text);
  return 0;
}
