/** Bar under the grid while components are marked: how many are, or progress, and a legend of the marks. */
import { SurvivalSummary } from "./survival-summary.tsx";
import { VanishShape } from "./vanishing-shape.tsx";

const KEY = [
  { here: "present", says: "present" },
  { here: "emptied", says: "first scale without a voxel" },
  { here: "gone", says: "no voxel" },
] as const;

const BOX = { x: 2, y: 2, width: 10, height: 10 };

export function VanishStatus() {
  return (
    <section className="vanish-status" aria-label="Components with no voxel at a scale">
      <SurvivalSummary />
      <ul aria-label="Marks">
        {KEY.map(({ here, says }) => (
          <li key={here}>
            <svg className="on-picture" aria-hidden="true" width="14" height="14">
              <g className="vanishing-box" data-here={here}>
                <VanishShape rect={BOX} crossed={here === "emptied"} />
              </g>
            </svg>
            {says}
          </li>
        ))}
      </ul>
    </section>
  );
}
