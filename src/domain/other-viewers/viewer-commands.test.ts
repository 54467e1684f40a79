/** Tests that commands for other viewers give programs exactly the names of the files, in real shells. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { itksnapCommand, slicerCommand } from "./viewer-commands.ts";

const NASTY = [
  "case one.nii.gz",
  "it's $HOME `id` $(id) & calc | x; rm -rf ~ > y < z # !! \\ \" ' %PATH% ^ {a,b} * ? [a] =ls.nii",
  "-s.nii",
  "--help",
  "~/x.nii",
  "Größe 心 😀.nii.gz",
  "two\nlines\r\t\u001b[201~; id\u0007.nii",
  "\u009b31m\u202egz.iin\u2028.nii",
  "'",
  "\\",
  "$'\\x41'.nii",
];

/** The arguments that a program gets if a POSIX shell runs the command. */
function argumentsIn(command: string, shell: string): string[] {
  const [, ...rest] = command.split(" ");
  const text = execFileSync(shell, ["-c", `printf '%s\\0' ${rest.join(" ")}`], { encoding: "utf8" });
  return text.split("\0").slice(0, -1);
}

/** What Python reads: only the escapes that the command uses. */
function pythonStrings(code: string): string[] {
  return [...code.matchAll(/load\w+\('([^']*)'\)/g)].map(([, text = ""]) =>
    text.replace(/\\(?:x(..)|u(....)|U(.{8}))/g, (_, x, u, U) =>
      String.fromCodePoint(Number.parseInt(String(x ?? u ?? U), 16)),
    ),
  );
}

/** As a program sees it: an option is not a path. */
const asPath = (name: string) => (name.startsWith("-") ? `./${name}` : name);

function randomName(random: () => number): string {
  const from = " '\"\\$`!;&|<>()[]{}*?~#%^=-\n\t\u001b\u009b\u202eaé心😀x4";
  const letters = Array.from(from);
  return Array.from({ length: 1 + Math.floor(random() * 12) }, () =>
    String(letters[Math.floor(random() * letters.length)]),
  ).join("");
}

describe("a command for ITK-SNAP", () => {
  test("opens image and labels, labels alone, and several masks", () => {
    const files = { image: "imagesTr/a_0000.nii.gz", labels: ["labelsTr/a.nii.gz"] };
    expect(itksnapCommand(files, "linux")).toBe("itksnap -g imagesTr/a_0000.nii.gz -s labelsTr/a.nii.gz");
    expect(itksnapCommand(files, "windows")).toBe("ITK-SNAP -g imagesTr/a_0000.nii.gz -s labelsTr/a.nii.gz");
    expect(itksnapCommand({ image: null, labels: ["a.nii"] }, "mac")).toBe("itksnap -g a.nii -s a.nii");
    expect(itksnapCommand({ image: "i.nii", labels: ["a.nii", "b.nii"] }, "linux")).toBe(
      "itksnap -g i.nii -s a.nii b.nii",
    );
  });

  test("gives any names to the program as they are", () => {
    const random = randomFrom(1);
    for (const name of [...NASTY, ...Array.from({ length: 40 }, () => randomName(random))]) {
      const command = itksnapCommand({ image: name, labels: [`x${name}`] }, "linux");
      expect(argumentsIn(command, "bash"), command).toEqual(["-g", asPath(name), "-s", `x${name}`]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal must not get them
      expect(command).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
    }
  });

  test("is safe in PowerShell and cmd: one pair of double quotes, and nothing in it that PowerShell expands", () => {
    const command = (name: string) => itksnapCommand({ image: name, labels: ["a.nii"] }, "windows");
    expect(command("it's 100 % & more.nii")).toBe(`ITK-SNAP -g "it's 100 % & more.nii" -s a.nii`);
    expect(command("$(calc)`x“y”.nii")).toBe('ITK-SNAP -g "`$(calc)``x`“y`”.nii" -s a.nii');
    expect(command("-a b.nii")).toBe('ITK-SNAP -g "./-a b.nii" -s a.nii');
    expect(command("a\u202eb.nii")).toBe('ITK-SNAP -g "a$([char]8238)b.nii" -s a.nii');
  });
});

describe("a command for Slicer", () => {
  test("opens image and labels, and jumps to the position with the crosshair there", () => {
    const files = { image: "imagesTr/a_0000.nii.gz", labels: ["labelsTr/a.nii.gz"] };
    expect(slicerCommand(files, [2.00004, -152.3456, 0], "linux")).toBe(
      `Slicer --python-code "slicer.util.loadVolume('imagesTr/a_0000.nii.gz'); slicer.util.loadSegmentation('labelsTr/a.nii.gz'); ` +
        "slicer.vtkMRMLSliceNode.JumpAllSlices(slicer.mrmlScene, 2, -152.346, 0, slicer.vtkMRMLSliceNode.CenteredJumpSlice); " +
        "c = slicer.util.getNode('Crosshair'); c.SetCrosshairRAS([2, -152.346, 0]); " +
        'c.SetCrosshairMode(slicer.vtkMRMLCrosshairNode.ShowBasic)"',
    );
    expect(slicerCommand({ image: null, labels: ["a.nii"] }, [0, 0, 0], "mac")).toMatch(
      /^\/Applications\/Slicer\.app\/Contents\/MacOS\/Slicer --python-code "slicer\.util\.loadSegmentation\('a\.nii'\); /,
    );
  });

  test("is the same in every shell, and Python reads any names as they are", () => {
    const random = randomFrom(2);
    for (const name of [...NASTY, ...Array.from({ length: 40 }, () => randomName(random))]) {
      const command = slicerCommand({ image: name, labels: [`x${name}`] }, [1, 2, 3], "linux");
      expect(command).toMatch(/^Slicer --python-code "[\w./ \\'()[\],;=-]*"$/);
      for (const shell of ["bash", "sh"]) {
        const [option, code = "", ...more] = argumentsIn(command, shell);
        expect([option, more], command).toEqual(["--python-code", []]);
        expect(`"${code}"`).toBe(command.slice("Slicer --python-code ".length));
        expect(pythonStrings(code)).toEqual([name, `x${name}`]);
      }
    }
  });
});
