/** Tests where a long name is shortened. */
import { expect, test } from "vitest";
import { splitName } from "./elided-name.tsx";

test.each([
  ["liver", "liver", ""],
  ["vertebrae_L1", "vertebrae_L1", ""],
  ["adrenal_gland_left", "adrenal_gland", "_left"],
  ["costal_cartilages_rib_11", "costal_cartilages_rib", "_11"],
  ["lung lower lobe right", "lung lower lobe", " right"],
  ["sternocleidomastoideus", "sternocleidomast", "oideus"],
  ["left_sternocleidomastoideus", "left_sternocleidomast", "oideus"],
  ["a name that ends here…", "a name that ends", " here…"],
])("%s is shortened before its end", (name, head, tail) => {
  expect(splitName(name)).toEqual([head, tail]);
  expect(splitName(name).join("")).toBe(name);
});
