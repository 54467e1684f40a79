/**
 * A problem, a newer version and notices, each shown until dismissed: over the page, so that they move
 * nothing.
 */
import { OctagonX, X } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import {
  noticesDismissed,
  problemDismissed,
  setLeftFile,
  setNewerVersion,
} from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { useOpenedNote } from "./opened-note.ts";

/** After files that could not be opened: what the page shows is not what was asked for. */
function StillShown() {
  const name = useStore((s) => (s.isFileRefused ? (s.openCase?.name ?? s.definition?.file) : null));
  const second = useStore((s) =>
    s.activeView === "compare" && s.compareKind === "file" ? s.secondLabels?.name : null,
  );
  if (!name) return null;
  return (
    <span className="still-shown">
      Still shown: <b>{name}</b>
      {second ? (
        <>
          {" "}
          and <b>{second}</b>
        </>
      ) : null}
      .
    </span>
  );
}

/** Nothing that was dropped is lost by leaving the question about it. */
function LeftFile() {
  const commands = useCommands();
  const file = useStore((s) => s.leftFile);
  if (file === null) return null;
  return (
    <div className="message notices" role="status">
      <p>
        <b>{file}</b> is not open.{" "}
        <button type="button" className="link" onClick={() => commands.openLeftFile()}>
          Labels or image? Ask again
        </button>
      </p>
      <IconButton icon={X} label="Dismiss" onClick={() => setLeftFile(null)} />
    </div>
  );
}

/** Takes no clicks: what lies below can be used at once. */
function OpenedNote() {
  const { sentence, times } = useOpenedNote();
  if (!sentence) return null;
  return (
    <div key={times} className="message opened-note" aria-hidden="true">
      <p>{sentence}</p>
    </div>
  );
}

export function Messages() {
  const problem = useStore((s) => (s.isAboutB && s.activeView !== "compare" ? null : s.problem));
  const notices = useStore((s) => s.notices);
  const newerVersion = useStore((s) => s.newerVersion);
  return (
    <div className="messages-place">
      <OpenedNote />
      <div className="messages">
        {problem ? (
          <div className="message problem" role="alert">
            <OctagonX size={16} aria-hidden />
            <p>
              {problem} <StillShown />
            </p>
            <IconButton icon={X} label="Dismiss" onClick={problemDismissed} />
          </div>
        ) : null}
        <LeftFile />
        {newerVersion ? (
          <div className="message notices" role="status" aria-label="Newer version">
            <p>
              A newer version of this page is ready. It loads once every tab of this page has been closed;
              until then this version keeps running, and nothing is lost.
            </p>
            <IconButton icon={X} label="Dismiss" onClick={() => setNewerVersion(false)} />
          </div>
        ) : null}
        {notices.length > 0 ? (
          <div className="message notices">
            <ul aria-label="Notices">
              {notices.map((notice) => (
                <li key={notice}>{notice}</li>
              ))}
            </ul>
            <IconButton icon={X} label="Dismiss notices" onClick={noticesDismissed} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
