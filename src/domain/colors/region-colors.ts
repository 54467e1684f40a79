/**
 * Chooses colours for regions: stable per region set, for a dark background, and distinguishable with
 * red-green colour blindness.
 */
import { type Lab, labDistance, labFromRgb, type Rgb, rgbFromLab } from "../../base/oklab.ts";
import type { Region } from "../dataset/region-set.ts";
import type { LabelName } from "../volume/label-names.ts";
import { seenBy, VISIONS } from "./color-vision.ts";

/**
 * Okabe and Ito's and Tol's categorical hues, brightened for a dark background. They come first, in the order
 * that keeps neighbours farthest apart for every kind of colour vision.
 */
const BASE: readonly Rgb[] = [
  "#56c5f0",
  "#f09a4a",
  "#f2e05c",
  "#2fb8a0",
  "#9a7bf0",
  "#c9d64a",
  "#e0607e",
  "#4f86e8",
  "#8fc46a",
  "#ffb3c6",
].map(rgbFromHex);

/** Range of OKLab lightness in which a colour is visible on the dark background and does not look white. */
const DARKEST = 0.62;
const LIGHTEST = 0.92;
/** A colour must differ from this many preceding rows for every kind of colour vision. */
const NEIGHBOURS = 3;
/** Weight of that difference over the difference from the rest of the list. */
const NEIGHBOUR_WEIGHT = 3;

interface Candidate {
  readonly rgb: Rgb;
  readonly lab: Lab;
  /** The colour as seen with each kind of colour vision. */
  readonly seen: readonly Lab[];
  /** Distance to the nearest colour taken so far. */
  nearest: number;
}

const taken: Candidate[] = [];
let pool: Candidate[] | null = null;

/** Colours repeat after this many: nobody can tell more apart, and finding the next takes ever longer. */
const DISTINCT = 360;

/** The colour of the `index`-th region, sRGB 0..1. The first {@link DISTINCT} all differ. */
export function regionColor(index: number): Rgb {
  const at = index % DISTINCT;
  while (taken.length <= at) take();
  return taken[at]?.rgb ?? [1, 1, 1];
}

/** Computes the colours for hundreds of regions, one per step: all at once would delay opening a case. */
export function* makeColors(): Generator<undefined, void> {
  for (let index = 0; index < DISTINCT; index++) {
    regionColor(index);
    yield;
  }
}

/**
 * One colour per region, in channel order. A region of one label uses the label's colour from the file
 * (CaretExtension, `.seg.nrrd`), lightened until visible on the dark background. A region of several labels
 * that all have a colour uses the first one that no other region has, so that it does not look like a region
 * it contains. A mask uses its own colour. All other regions get the automatic colour for their name, or else
 * for their position.
 *
 * @param maskColors colours of regions that came as masks, by channel
 * @param automatic by region name, see `automatic-colors.ts`
 */
export function regionColors(
  regions: readonly Region[],
  labelNames: readonly LabelName[],
  maskColors: readonly LabelName["color"][] = [],
  automatic?: ReadonlyMap<string, Rgb>,
): Rgb[] {
  const own = new Map(labelNames.map((entry) => [entry.value, entry.color]));
  const taken = new Set<string>();
  const colors = new Map<Region, Rgb>();
  const take = (region: Region, labels: readonly number[]) => {
    const given = labels.map((label) => own.get(label) ?? null);
    if (given.includes(null)) return;
    const seen = given.flatMap((color) => (color ? [visibleColor(color)] : []));
    const color = labels.length === 1 ? seen[0] : seen.find((one) => !taken.has(hexFromRgb(one)));
    if (!color) return;
    taken.add(hexFromRgb(color));
    colors.set(region, color);
  };
  const distinct = regions.map((region) => ({ region, labels: [...new Set(region.labels)] }));
  for (const { region, labels } of distinct) if (labels.length === 1) take(region, labels);
  for (const { region, labels } of distinct) if (labels.length > 1) take(region, labels);
  return regions.map((region, index) => {
    const ofMask = maskColors[index];
    return (
      colors.get(region) ??
      (ofMask ? visibleColor(ofMask) : (automatic?.get(region.name) ?? regionColor(index)))
    );
  });
}

/** A colour as `#rrggbb`, for style attributes. */
export function hexFromRgb(rgb: Rgb): string {
  const byte = (c: number) =>
    Math.round(c * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${byte(rgb[0])}${byte(rgb[1])}${byte(rgb[2])}`;
}

/**
 * Adds the next colour: first from the base list, then the one farthest from its neighbours and from all
 * before.
 */
function take(): void {
  const base = BASE[taken.length];
  const next = base ? candidate(base) : farthest();
  taken.push(next);
  for (const other of candidates()) {
    other.nearest = Math.min(other.nearest, labDistance(other.lab, next.lab));
  }
}

function farthest(): Candidate {
  const before = taken.slice(-NEIGHBOURS);
  let best: Candidate | null = null;
  let bestScore = -1;
  for (const one of candidates()) {
    if (one.nearest * NEIGHBOUR_WEIGHT <= bestScore) continue;
    let score = one.nearest * NEIGHBOUR_WEIGHT;
    for (const other of before) {
      if (score <= bestScore) break;
      score = Math.min(score, seenDistance(one, other));
    }
    if (score <= bestScore) continue;
    best = one;
    bestScore = score;
  }
  return best ?? candidate([1, 1, 1]);
}

/** The smallest distance over all kinds of colour vision. */
function seenDistance(a: Candidate, b: Candidate): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.seen.length; i++) {
    const [one, other] = [a.seen[i], b.seen[i]];
    if (one && other) least = Math.min(least, labDistance(one, other));
  }
  return least;
}

function candidates(): readonly Candidate[] {
  pool ??= allCandidates();
  return pool;
}

/** All available colours: a regular grid of lightness, chroma and hue, limited to sRGB. */
function allCandidates(): Candidate[] {
  const all: Candidate[] = [];
  for (let l = DARKEST; l <= LIGHTEST + 1e-9; l += 0.03)
    for (let chroma = 0.05; chroma <= 0.2; chroma += 0.03)
      for (let hue = 0; hue < 360; hue += 10) {
        const angle = (hue * Math.PI) / 180;
        const lab: Lab = [l, chroma * Math.cos(angle), chroma * Math.sin(angle)];
        const rgb = rgbFromLab(lab);
        if (labDistance(labFromRgb(rgb), lab) < 0.005) all.push(candidate(rgb));
      }
  return all;
}

function candidate(rgb: Rgb): Candidate {
  const seen = VISIONS.map((vision) => labFromRgb(seenBy(vision, rgb)));
  return { rgb, lab: labFromRgb(rgb), seen, nearest: Number.POSITIVE_INFINITY };
}

/** The colour itself, or lightened until visible on the dark background. */
export function visibleColor(rgb: Rgb): Rgb {
  const [l, a, b] = labFromRgb(rgb);
  return l >= DARKEST ? rgb : rgbFromLab([DARKEST, a, b]);
}

export function rgbFromHex(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}
