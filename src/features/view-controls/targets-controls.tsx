/** Controls for the shown part of the case and for how its scales are made. */
import { PatchControls } from "./patch-controls.tsx";
import { PoolingControl } from "./pooling-control.tsx";

/** Renders two lines of a `survival-controls` grid. */
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
