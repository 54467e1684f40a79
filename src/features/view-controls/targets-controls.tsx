import { PatchControls } from "./patch-controls.tsx";
import { PoolingControl } from "./pooling-control.tsx";

/**
 * Which part of the case is looked at, and how its scales are made: two lines of a `survival-controls` grid.
 */
export function TargetsControls() {
  return (
    <>
      <span className="survival-label">Patch</span>
      <div>
        <PatchControls />
      </div>
      <span className="survival-label">Pooling</span>
      <div>
        <PoolingControl />
      </div>
    </>
  );
}
