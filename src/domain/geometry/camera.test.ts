/** Tests the camera of the 3D view. */
import { describe, expect, it } from "vitest";
import {
  type Camera,
  cameraFrom,
  cameraText,
  cornersMm,
  firstView,
  fitted,
  fittedToAll,
  orbit,
  pan,
  viewFrom,
  zoomAt,
} from "./camera.ts";
import { type Grid, type Triple, worldFromVoxel } from "./grid.ts";
import { SIDE_DIRECTION, SIDES, screenAxes, VIEW_FROM } from "./orientation.ts";

const SIZE = [560, 400] as const;
// Oblique: two axes rotated by 30 degrees, anisotropic, one of them reversed.
const grid: Grid = {
  shape: [20, 40, 30],
  toWorld: [0, -0.5, 0.866 * 2, 10, 0, 0.866, 1, -20, -5, 0, 0, 30],
};
const box = { first: [2, 4, 6], shape: [10, 20, 15] } as const;

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Pixels from the pane's top left corner. */
function project({ rotation, focusMm, spanMm }: Camera, mm: Triple): [number, number] {
  const { right, up } = screenAxes(rotation);
  const off: Triple = [mm[0] - focusMm[0], mm[1] - focusMm[1], mm[2] - focusMm[2]];
  const pxPerMm = SIZE[1] / spanMm;
  return [SIZE[0] / 2 + dot(off, right) * pxPerMm, SIZE[1] / 2 - dot(off, up) * pxPerMm];
}

function expectClose(actual: readonly number[], expected: readonly number[]) {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
}

describe("views from the sides", () => {
  it.each([
    ["A", "L", "S"],
    ["P", "R", "S"],
    ["L", "P", "S"],
    ["R", "A", "S"],
    ["S", "R", "A"],
    ["I", "L", "A"],
  ] as const)("from %s has %s on the right and %s at the top", (side, right, top) => {
    const axes = screenAxes(VIEW_FROM[side]);
    expectClose(axes.toward, SIDE_DIRECTION[side]);
    expectClose(axes.right, SIDE_DIRECTION[right]);
    expectClose(axes.up, SIDE_DIRECTION[top]);
  });

  it("show the whole box in the middle of the pane", () => {
    for (const side of SIDES) {
      const camera = viewFrom(side, grid, box, SIZE);
      const points = cornersMm(grid, box).map((corner) => project(camera, corner));
      const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
      expect(Math.min(...xs) + Math.max(...xs)).toBeCloseTo(SIZE[0], 6);
      expect(Math.min(...ys) + Math.max(...ys)).toBeCloseTo(SIZE[1], 6);
      const fill = Math.max(
        (Math.max(...xs) - Math.min(...xs)) / SIZE[0],
        (Math.max(...ys) - Math.min(...ys)) / SIZE[1],
      );
      expect(fill).toBeGreaterThan(0.9);
      expect(fill).toBeLessThanOrEqual(1);
    }
  });

  it("fit several boxes, and are null without any", () => {
    const boxes = [
      { first: [2, 4, 6], shape: [3, 5, 4] },
      { first: [15, 30, 20], shape: [2, 2, 6] },
    ] as const;
    for (const side of SIDES) {
      const camera = fittedToAll(VIEW_FROM[side], grid, boxes, SIZE);
      if (!camera) throw new Error("no camera");
      const points = boxes.flatMap((one) => cornersMm(grid, one)).map((corner) => project(camera, corner));
      const fills = ([0, 1] as const).map((axis) => {
        const along = points.map((point) => point[axis]);
        expect(Math.min(...along) + Math.max(...along)).toBeCloseTo(SIZE[axis], 6);
        return (Math.max(...along) - Math.min(...along)) / SIZE[axis];
      });
      expect(Math.max(...fills)).toBeGreaterThan(0.9);
      expect(Math.max(...fills)).toBeLessThanOrEqual(1);
    }
    expect(fittedToAll(VIEW_FROM.A, grid, [], SIZE)).toBeNull();
  });

  it("start from the front, from the patient's left and above", () => {
    const { toward, up } = screenAxes(firstView(grid, box, SIZE).rotation);
    expect(toward[1]).toBeGreaterThan(0.7);
    expect(toward[0]).toBeLessThan(0);
    expect(toward[2]).toBeGreaterThan(0);
    expect(up[2]).toBeGreaterThan(0.7);
  });
});

describe("moving the camera", () => {
  const camera = fitted(VIEW_FROM.A, grid, box, SIZE);

  it("orbits about the middle of the pane, where the front follows the pointer", () => {
    const { toward } = screenAxes(camera.rotation);
    const front: Triple = [
      camera.focusMm[0] + toward[0],
      camera.focusMm[1] + toward[1],
      camera.focusMm[2] + toward[2],
    ];
    const before = project(camera, front);
    for (const [dx, dy] of [
      [10, 0],
      [0, 10],
      [-7, 3],
    ] as const) {
      const after = project(orbit(camera, dx, dy, SIZE), front);
      expect(Math.sign(after[0] - before[0])).toBe(Math.sign(dx));
      expect(Math.sign(after[1] - before[1])).toBe(Math.sign(dy));
      expect(orbit(camera, dx, dy, SIZE).focusMm).toEqual(camera.focusMm);
    }
    expect(orbit(camera, 0, 0, SIZE)).toBe(camera);
  });

  it("turns by 180° over the shorter side, and stays a rotation after many steps", () => {
    expectClose(screenAxes(orbit(camera, 400, 0, SIZE).rotation).toward, [0, -1, 0]);
    let turned = camera;
    for (let i = 0; i < 1000; i++) turned = orbit(turned, 13, (i % 7) - 3, SIZE);
    expect(Math.hypot(...turned.rotation)).toBeCloseTo(1, 12);
  });

  it("pans with the pointer", () => {
    const mm = worldFromVoxel(grid, [3, 5, 7]);
    const turned = orbit(camera, 50, 31, SIZE);
    const before = project(turned, mm);
    expectClose(project(pan(turned, 12, -34, SIZE), mm), [before[0] + 12, before[1] - 34]);
  });

  it("zooms about the pointer", () => {
    const mm = worldFromVoxel(grid, [3, 5, 7]);
    const turned = orbit(camera, 50, 31, SIZE);
    const point = project(turned, mm);
    const zoomed = zoomAt(turned, 2.5, point, SIZE);
    expect(zoomed.spanMm).toBeCloseTo(turned.spanMm / 2.5, 9);
    expectClose(project(zoomed, mm), point);
    expect(zoomAt(turned, 1e9, point, SIZE).spanMm).toBeGreaterThan(0);
    expect(zoomAt(turned, 1e-9, point, SIZE).spanMm).toBeLessThan(1e5);
  });
});

describe("a camera as text", () => {
  it("is read back unchanged, except for rounding", () => {
    const camera = orbit(viewFrom("L", grid, box, SIZE), 31, 17, SIZE);
    const text = cameraText(camera);
    expect(text.length).toBeLessThan(100);
    const back = cameraFrom(text);
    if (!back) throw new Error("not read");
    expect(Math.hypot(...back.rotation)).toBeCloseTo(1, 12);
    for (const [i, n] of back.rotation.entries()) expect(n).toBeCloseTo(camera.rotation[i] ?? 9, 5);
    for (const [i, n] of back.focusMm.entries()) expect(n).toBeCloseTo(camera.focusMm[i] ?? 9, 5);
    expect(cameraText(back)).toBe(text);
    expect(cameraText({ rotation: [-0, 0, 0, 1], focusMm: [-0.0000001, 0, 0], spanMm: 100 })).toBe(
      "0,0,0,1,0,0,0,100",
    );
  });

  it.each([
    "",
    "1,2,3",
    "0,0,0,0,1,2,3,100",
    "0,0,0,1,1,2,3,0",
    "0,0,0,1,1,2,3,-5",
    "a,0,0,1,1,2,3,9",
    "0,,0,1,1,2,3,9",
    "0,0,0,Infinity,1,2,3,9",
    "0,0,0,1,1,2,3,9,9",
  ])("is refused: %s", (text) => expect(cameraFrom(text)).toBeNull());
});
