/**
 * A problem, a newer version and notices, each shown until dismissed: over the page, so that they move nothing.
 */
import { OctagonX, X } from "lucide-react";
import { noticesDismissed, problemDismissed, setNewerVersion } from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";

export function Messages() {
  const problem = useStore((s) => s.problem);
  const notices = useStore((s) => s.notices);
  const newerVersion = useStore((s) => s.newerVersion);
  return (
    <div className="messages-place">
      <div className="messages">
        {problem ? (
          <div className="message problem" role="alert">
            <OctagonX size={16} aria-hidden />
            <p>{problem}</p>
            <IconButton icon={X} label="Dismiss" onClick={problemDismissed} />
          </div>
        ) : null}
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
