export { scaleBarOf } from "../../domain/scale-bar.ts";
