/** The check of every key: what it does, as a user sees it. */
import type { Command } from "../../../src/ui/keys.ts";
import { EDITING_KEYS } from "./editing.ts";
import type { Check } from "./on-page.ts";
import { PAGE_KEYS } from "./page.ts";
import { REGIONS_KEYS } from "./regions.ts";
import { SCOPED_KEYS } from "./scopes.ts";
import { VIEW_KEYS } from "./view.ts";
import { VIEW3D_KEYS } from "./view3d.ts";

/** Leaving out a command is a type error and fails the spec. Each check sets up what it needs. */
export const CHECKS: Readonly<Record<Command, Check>> = {
  ...VIEW_KEYS,
  ...REGIONS_KEYS,
  ...EDITING_KEYS,
  ...PAGE_KEYS,
  ...SCOPED_KEYS,
  ...VIEW3D_KEYS,
};
