/**
 * Gives regions colours so that those that touch or overlap are easy to tell apart, also without red and
 * green.
 */
import { type Lab, labDistance, labFromRgb, type Rgb, rgbFromLab } from "../../base/oklab.ts";
import type { Region } from "../dataset/region-set.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import { type CieLab, cieLabFromRgb, colorDifference } from "./color-difference.ts";
import { seenBy } from "./color-vision.ts";
import { rgbFromHex } from "./region-colors.ts";
import { touchingRegions } from "./touching.ts";

/** Least ΔE2000 between regions that touch, with normal vision and with deuteranopia. */
export const APART = 20;
/** Squared OKLab distance below which ΔE2000 is always less than {@link APART}. */
const FAR_TOO_CLOSE = 0.06 ** 2;
/** Colours of more regions repeat anyway, and each takes time. */
const MOST_REGIONS = 200;

/**
 * Nine colours of which any two are {@link APART}: no tenth on a dark background is. The most useful ones
 * come first, for few regions.
 */
const NINE = [
  "#39b5ff",
  "#e9671b",
  "#dafe35",
  "#6c37ff",
  "#80af9a",
  "#fbf3dd",
  "#9e4f7e",
  "#b5eff9",
  "#6a744c",
].map((hex) => shade(rgbFromHex(hex)));

interface Shade {
  readonly rgb: Rgb;
  readonly lab: Lab;
  readonly normal: CieLab;
  readonly deuteranopia: CieLab;
  /** OKLab with deuteranopia. */
  readonly seen: Lab;
}

/** A colour as the page shows it, in steps of 1/255. */
function shade([r, g, b]: Rgb): Shade {
  const rgb: Rgb = [Math.round(r * 255) / 255, Math.round(g * 255) / 255, Math.round(b * 255) / 255];
  const seen = seenBy("deuteranopia", rgb);
  return {
    rgb,
    lab: labFromRgb(rgb),
    normal: cieLabFromRgb(rgb),
    deuteranopia: cieLabFromRgb(seen),
    seen: labFromRgb(seen),
  };
}

/**
 * Colours by region name. They follow from labels and voxels only, so that the same files always have the
 * same colours. Empty if there are too many regions or labels for touching ones to be told apart.
 */
export function automaticColors(volume: PaletteVolume, regions: readonly Region[]): Map<string, Rgb> {
  const touching = regions.length <= MOST_REGIONS ? touchingRegions(volume, regions) : null;
  if (!touching) return new Map();
  const shades = variedShades(touching, fewShades(touching));
  return new Map(regions.map(({ name }, i) => [name, shades[i]?.rgb ?? [1, 1, 1]]));
}

/** The smaller ΔE2000 of both kinds of vision; 0 without computing it for colours that are far too close. */
function apart(a: Shade, b: Shade): number {
  const [l, y] = [a.seen[0] - b.seen[0], a.seen[2] - b.seen[2]];
  if (l * l + y * y < FAR_TOO_CLOSE) return 0;
  const seen = colorDifference(a.deuteranopia, b.deuteranopia);
  return seen < APART ? seen : Math.min(seen, colorDifference(a.normal, b.normal));
}

/**
 * Chooses from {@link NINE}, always next for the region whose neighbours have most colours already (DSATUR:
 * Brélaz, 1979). If all are taken, none is {@link APART} from them, and it takes the farthest in OKLab.
 */
function fewShades(touching: readonly (readonly number[])[]): Shade[] {
  const shades: (Shade | undefined)[] = touching.map(() => undefined);
  const around = (region: number) => new Set(touching[region]?.flatMap((other) => shades[other] ?? []));
  for (let done = 0; done < touching.length; done++) {
    const open = touching.flatMap((others, region) =>
      shades[region] ? [] : { region, colors: around(region).size, degree: others.length },
    );
    open.sort((a, b) => b.colors - a.colors || b.degree - a.degree || a.region - b.region);
    const region = open[0]?.region ?? 0;
    const taken = around(region);
    const free = (one: Shade) => !taken.has(one);
    shades[region] = NINE.find(free) ?? farthest(all().filter(free), [...taken]);
  }
  return shades.flatMap((one) => one ?? []);
}

function farthest(shades: readonly Shade[], from: readonly Shade[]): Shade | undefined {
  const [labs, seen] = [from.map(({ lab }) => lab), from.map((one) => one.seen)];
  let best: Shade | undefined;
  let most = -1;
  for (const one of shades) {
    const least = Math.min(nearestOf(one.lab, labs), nearestOf(one.seen, seen));
    if (least > most) [best, most] = [one, least];
  }
  return best;
}

/**
 * Replaces each region's colour by the one that differs most from all other regions', as long as no region
 * that it touches comes closer than {@link APART}.
 */
function variedShades(touching: readonly (readonly number[])[], few: readonly Shade[]): Shade[] {
  const shades = [...few];
  few.forEach((own, region) => {
    const rest = shades.flatMap(({ lab }, i) => (i === region ? [] : [lab]));
    const near = touching[region]?.flatMap((other) => shades[other] ?? []) ?? [];
    const least = nearestOf(own.lab, rest);
    const better = [...all(), ...shadesBeside(own)]
      .map((one) => ({ one, nearest: nearestOf(one.lab, rest) }))
      .filter(({ nearest }) => nearest > least)
      .sort((a, b) => b.nearest - a.nearest);
    const fits = better.find(({ one }) => near.every((other) => apart(one, other) >= APART));
    if (fits) shades[region] = fits.one;
  });
  return shades;
}

/**
 * Slightly lighter, darker and more or less red, green, blue and yellow shades, for regions that can have no
 * other.
 */
function shadesBeside({ lab: [l, a, b] }: Shade): Shade[] {
  const steps = [-0.02, 0, 0.02];
  return steps.flatMap((dl) =>
    steps.flatMap((da) => steps.map((db) => shade(rgbFromLab([l + dl, a + da, b + db])))),
  );
}

/** The squared OKLab distance to the nearest of `rest`. */
function nearestOf([l, a, b]: Lab, rest: readonly Lab[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const lab of rest) {
    const [dl, da, db] = [l - lab[0], a - lab[1], b - lab[2]];
    const square = dl * dl + da * da + db * db;
    if (square < least) least = square;
  }
  return least;
}

let made: readonly Shade[] | null = null;

/**
 * All that region colours are chosen from: a grid of lightness, chroma and hue that is visible on a dark
 * background.
 */
function all(): readonly Shade[] {
  made ??= allShades();
  return made;
}

function allShades(): Shade[] {
  const shades: Shade[] = [];
  for (let l = 0.54; l < 0.97; l += 0.04)
    for (let chroma = 0.04; chroma < 0.26; chroma += 0.05)
      for (let hue = 0; hue < 360; hue += 15) {
        const angle = (hue * Math.PI) / 180;
        const lab: Lab = [l, chroma * Math.cos(angle), chroma * Math.sin(angle)];
        const rgb = rgbFromLab(lab);
        if (labDistance(labFromRgb(rgb), lab) < 0.005) shades.push(shade(rgb));
      }
  return shades;
}
