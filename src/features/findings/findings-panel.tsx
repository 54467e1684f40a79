/** Panel that lists the findings, offers their repairs, and sums up the round trip. */
import { ArrowDown } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { plural } from "../../base/format-numbers.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { SEVERITIES } from "../../domain/findings/finding.ts";
import { ONE_LABEL_FILE } from "../../domain/findings/masks.ts";
import { selectFindings } from "../../state/case/finding-selectors.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import { showStatus } from "../../state/status.ts";
import { useStore } from "../../state/store.ts";
import { keyOf } from "../../ui/keys.ts";
import { FindingsBorder } from "../../ui/panels/findings-border.tsx";
import { usePanelSizes } from "../../ui/panels/panel-sizes.ts";
import { useEditor } from "../definition/editor-state.ts";
import { GridSummary } from "../training-grid/grid-summary.tsx";
import { FindingItem, SEVERITY_NAMES } from "./finding-item.tsx";
import { highlightFinding } from "./highlight-finding.ts";
import { RoundTripSummary } from "./round-trip-summary.tsx";
import { hiddenBelow, useHiddenBelow } from "./use-hidden-below.ts";
import { findingKey, useRepairs } from "./use-repairs.ts";
import { VerifiedSummary } from "./verified-summary.tsx";

export function FindingsPanel() {
  const commands = useCommands();
  const findings = useStore(selectFindings);
  /** Several may be open: closing one above would move the rest under the pointer. */
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const repairs = useRepairs(findings, commands);
  const panel = useRef<HTMLElement>(null);
  const height = usePanelSizes((s) => s.findings);
  const list = useRef<HTMLUListElement>(null);
  const below = useHiddenBelow(list, findings);
  const scroller = useRef<HTMLDivElement>(null);
  const source = useStore((s) => selectStoredCase(s)?.source ?? null);
  // Those of another case begin with the first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what another case moves
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [source]);
  /** Index of the finding to focus when the focused one is gone. */
  const focusAt = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other findings are what it waits for
  useEffect(() => {
    const at = focusAt.current;
    if (at === null) return;
    focusAt.current = null;
    const items = list.current?.querySelectorAll<HTMLElement>(".finding") ?? [];
    (items[Math.min(at, items.length - 1)] ?? list.current?.parentElement)?.focus();
  }, [findings]);

  const toggle = (finding: Finding) => {
    const key = findingKey(finding);
    const next = new Set(opened);
    const closes = next.delete(key);
    if (!closes) next.add(key);
    setOpened(next);
    if (closes) useEditor.setState({ highlightedLabels: [] });
    else highlightFinding(finding, commands);
  };
  const repair = (finding: Finding, at: number) => {
    const action = repairs.get(findingKey(finding));
    focusAt.current = at;
    commands
      .applyRepair(finding)
      .then((isDone) => isDone && action && showStatus(`Repaired: ${action}. ${keyOf("undo")} undoes it.`))
      .catch(() => undefined);
  };
  const offered = firstOffers(findings, repairs);
  return (
    <section
      ref={panel}
      className="panel findings"
      aria-labelledby="findings-title"
      data-sized={height !== null || undefined}
      data-more={below > 0 || undefined}
      style={height === null ? {} : { height }}
    >
      <FindingsBorder panel={panel} />
      <div className="panel-head">
        <h2 id="findings-title">Findings</h2>
        <span className="tally">{tally(findings)}</span>
        {below > 0 ? (
          <button type="button" className="link findings-below" onClick={() => showNext(list.current)}>
            {below} more below
            <ArrowDown size={13} aria-hidden />
          </button>
        ) : null}
      </div>
      <div className="findings-scroller" ref={scroller} tabIndex={-1}>
        <ul aria-label="Findings" ref={list}>
          {findings.map((finding, at) => {
            const key = findingKey(finding);
            return (
              <FindingItem
                key={key}
                finding={finding}
                open={opened.has(key)}
                repair={opened.has(key) || offered[at] ? (repairs.get(key) ?? null) : null}
                remedyInMessage={repairs.get(key) == null && finding.code !== ONE_LABEL_FILE}
                onClick={() => toggle(finding)}
                onRepair={() => repair(finding, at)}
              />
            );
          })}
        </ul>
        <RoundTripSummary />
        <VerifiedSummary />
      </div>
      <GridSummary />
    </section>
  );
}

/** Scrolls to the first finding below. */
function showNext(list: HTMLElement | null): void {
  const [next] = list ? hiddenBelow(list) : [];
  next?.scrollIntoView({ block: "start" });
}

/**
 * Offers a repair shared by several findings only with the first of them; the others offer it once opened.
 */
function firstOffers(findings: readonly Finding[], repairs: ReadonlyMap<string, string | null>): boolean[] {
  const seen = new Set<string>();
  return findings.map((finding) => {
    const action = repairs.get(findingKey(finding));
    if (!action || seen.has(action)) return false;
    seen.add(action);
    return true;
  });
}

/** "2 errors · 1 note" */
export function tally(findings: readonly Finding[]): string {
  if (findings.length === 0) return "none";
  return SEVERITIES.map((severity) => ({
    name: SEVERITY_NAMES[severity].toLowerCase(),
    n: findings.filter((f) => f.severity === severity).length,
  }))
    .filter(({ n }) => n > 0)
    .map(({ name, n }) => plural(n, name))
    .join(" · ");
}
