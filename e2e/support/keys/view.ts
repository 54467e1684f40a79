/** Checks the keys of slices, crosshair, zoom and tools. */
import { expect } from "@playwright/test";
import { type Check, chooses, moves, zoom, zoomed } from "./on-page.ts";

export const VIEW_KEYS = {
  // Coronal, in radiological convention: the patient's right is on the left.
  "slice-back": moves(1, [0, -1, 0]),
  "slice-on": moves(1, [0, 1, 0]),
  "ten-slices-back": moves(10, [0, -1, 0]),
  "ten-slices-on": moves(10, [0, 1, 0]),
  "crosshair-left": moves(1, [1, 0, 0]),
  "crosshair-right": moves(1, [-1, 0, 0]),
  "crosshair-up": moves(1, [0, 0, 1]),
  "crosshair-down": moves(1, [0, 0, -1]),
  axial: chooses("Plane", "Axial", "Coronal"),
  coronal: chooses("Plane", "Coronal", "Axial"),
  sagittal: chooses("Plane", "Sagittal", "Coronal"),

  "zoom-in": async (page, press) => {
    const before = await zoom(page);
    await press();
    await expect.poll(() => zoom(page)).toBeCloseTo(before * 1.25, 2);
  },
  "zoom-out": async (page, press) => {
    const before = await zoomed(page);
    await press();
    await expect.poll(() => zoom(page)).toBeCloseTo(before * 0.8, 2);
  },
  whole: async (page, press) => {
    await zoomed(page);
    await press();
    await expect.poll(() => zoom(page)).toBe(1);
    await expect(page).not.toHaveURL(/[?&]pan=/);
  },

  interpolate: async (page, press) => {
    await press();
    await expect(page).toHaveURL(/[?&]interpolated=1/);
    await press();
    await expect(page).not.toHaveURL(/interpolated=/);
  },
  ruler: async (page, press) => {
    const toggle = page.getByRole("button", { name: "Ruler" });
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "false");
  },
} satisfies Record<string, Check>;
