/** Progress bar of a load, shown over whatever is open, with a button that cancels it. */
import { useCommands } from "../../app/commands/commands-context.ts";
import { useStore } from "../../state/store.ts";

export function LoadingBar() {
  const commands = useCommands();
  const loading = useStore((s) => s.loading);
  const percent = loading?.fraction === null || !loading ? null : Math.floor(loading.fraction * 100);
  return (
    <div className="loading-place">
      <div role="status" className={loading ? "loading" : "loading-idle"}>
        {loading ? (
          <>
            <span className="loading-step">
              {loading.step}
              {loading.file ? <b> {loading.file}</b> : null}
            </span>
            <span
              className="loading-track"
              role="progressbar"
              aria-label="Progress"
              aria-valuenow={percent ?? undefined}
              data-unknown={percent === null || undefined}
            >
              <i style={{ width: `${percent ?? 30}%` }} />
            </span>
            <span className="loading-percent" aria-hidden="true">
              {percent === null ? "" : `${percent} %`}
            </span>
          </>
        ) : null}
      </div>
      {loading ? (
        <button type="button" className="button" onClick={() => commands.cancelLoad()}>
          Cancel
        </button>
      ) : null}
    </div>
  );
}
