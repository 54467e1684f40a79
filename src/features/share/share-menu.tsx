/** The Share menu of the header: copies a link, and saves the view, volumes or images of it. */
import { Menu } from "@base-ui/react/menu";
import { Box, ChevronDown, ExternalLink, FileJson, Image, ImageDown, Link2, Share2 } from "lucide-react";
import { useEffect, useState } from "react";
import { inBackground } from "../../app/busy.ts";
import type { ImageScale } from "../../app/commands/commands.ts";
import { useCommands } from "../../app/commands/commands-context.ts";
import { saveFile } from "../../app/save-file.ts";
import { showsSlices } from "../../state/slices/view-slice.ts";
import { useStore } from "../../state/store.ts";
import { SaveNifti } from "../save-nifti/save-nifti.tsx";
import { openSaving } from "../save-nifti/saving-state.ts";
import { copyImage, copyLink } from "./clipboard.ts";
import { copyCommand, type OtherViewer, selectElsewhere } from "./open-elsewhere.ts";
import "./share.css";

const FACTORS: readonly ImageScale[] = [1, 2, 4];
/** How long a message stays, in ms: long enough to read it, and to type a voxel that it gives. */
const STATUS_MS = 6000;
const STATUS_MS_A_LETTER = 150;
const OTHER_VIEWERS: readonly OtherViewer[] = ["ITK-SNAP", "Slicer"];

export function ShareMenu() {
  const commands = useCommands();
  const isSample = useStore((s) => s.openCase?.sampleId != null);
  const hasGpu = useStore((s) => s.gpu.status === "ready");
  const showsPicture = useStore((s) => s.activeView === "grid" || showsSlices(s));
  const [message, setStatus] = useState("");
  useEffect(() => {
    if (message === "") return;
    const timer = setTimeout(() => setStatus(""), Math.max(STATUS_MS, STATUS_MS_A_LETTER * message.length));
    return () => clearTimeout(timer);
  }, [message]);
  /** Shows the result of an action; a failure stays until dismissed. */
  const run = (work: () => Promise<string>) => {
    setStatus("");
    inBackground(() => work().then(setStatus));
  };
  const savePicture = async (factor: ImageScale) => {
    const { name, blob } = await commands.exportImage(factor);
    saveFile(name, blob, "image/png");
    return `Image saved as ${name}.`;
  };
  const hasPicture = hasGpu && showsPicture;
  const why = hasPicture
    ? null
    : hasGpu
      ? "Available in the grid and slice views only"
      : "Not available without a GPU";
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="button" title="Share">
          <Share2 size={14} aria-hidden className="narrow-icon" /> <span className="wide-label">Share</span>{" "}
          <ChevronDown size={14} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="popup-positioner" sideOffset={5} align="end">
            <Menu.Popup className="popup menu">
              <Menu.Item className="menu-item" disabled={!isSample} onClick={() => run(copyLink)}>
                <Link2 size={15} aria-hidden />
                <span>
                  Copy link
                  <small>
                    {isSample
                      ? "Opens this view of the sample"
                      : "Links work only for samples. For your own files, use Save view."}
                  </small>
                </span>
              </Menu.Item>
              <Menu.Item
                className="menu-item"
                onClick={() => run(async () => `View saved as ${(await commands.saveView()) ?? ""}.`)}
              >
                <FileJson size={15} aria-hidden />
                <span>
                  Save view
                  <small>Saves the view settings as JSON; open it with the label file</small>
                </span>
              </Menu.Item>
              <Menu.Item className="menu-item" onClick={() => openSaving(null)}>
                <Box size={15} aria-hidden />
                <span>
                  Save as NIfTI…
                  <small>The training grid, or the targets of a scale or region</small>
                </span>
              </Menu.Item>
              <Menu.Separator className="menu-line" />
              {FACTORS.map((factor) => (
                <Menu.Item
                  key={factor}
                  className="menu-item"
                  disabled={!hasPicture}
                  onClick={() => run(() => savePicture(factor))}
                >
                  <ImageDown size={15} aria-hidden />
                  <span>
                    Save image, {factor}×
                    <small>
                      {why ??
                        (factor === 1 ? "PNG at screen resolution" : `PNG at ${factor}× screen resolution`)}
                    </small>
                  </span>
                </Menu.Item>
              ))}
              <Menu.Item
                className="menu-item"
                disabled={!hasPicture}
                onClick={() => run(() => copyImage(async () => (await commands.exportImage(1)).blob))}
              >
                <Image size={15} aria-hidden />
                <span>
                  Copy image
                  <small>{why ?? "Copies the view to the clipboard, at screen resolution"}</small>
                </span>
              </Menu.Item>
              <Menu.Separator className="menu-line" />
              {OTHER_VIEWERS.map((viewer) => (
                <ElsewhereItem key={viewer} viewer={viewer} onClick={() => run(() => copyCommand(viewer))} />
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <SaveNifti />
      <p className="share-said" role="status" aria-label="Share">
        {message}
      </p>
    </>
  );
}

interface ElsewhereProps {
  readonly viewer: OtherViewer;
  readonly onClick: () => void;
}

function ElsewhereItem({ viewer, onClick }: ElsewhereProps) {
  const isSample = useStore((s) => s.openCase?.sampleId != null);
  const openCase = useStore((s) => s.openCase);
  const view = useStore((s) => s.view);
  const found = selectElsewhere({ openCase, view });
  const why = isSample ? "For your own files, not for samples" : "This case has no files to open";
  const there =
    viewer === "Slicer"
      ? "its slices go to the crosshair"
      : `voxel there: ${found?.cursor.join(", ")} (x y z, from 1)`;
  return (
    <Menu.Item className="menu-item" disabled={!found} onClick={onClick}>
      <ExternalLink size={15} aria-hidden />
      <span>
        Open in {viewer}
        <small>{found ? `Copies a command for a terminal; ${there}` : why}</small>
      </span>
    </Menu.Item>
  );
}
