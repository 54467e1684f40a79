/** Hook that looks for repairs of findings while the page is idle. */
import { useEffect, useState } from "react";
import type { Commands } from "../../app/commands/commands.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { useStore } from "../../state/store.ts";
import { afterPress } from "../../ui/controls/presses.ts";

/**
 * Repairs found so far, by definition and {@link findingKey}. Each is tried before it is offered, which takes
 * a while, so the search runs in idle time.
 */
const KNOWN = new WeakMap<DatasetDefinition, Map<string, string | null>>();

/**
 * A slow machine that draws all the time is never idle, so the search starts after this many ms at the
 * latest.
 */
const SOON = { timeout: 1000 } as const;

/** Identifies a finding by its text. New counts replace all finding objects, but not their keys. */
export function findingKey({ code, message }: Finding): string {
  return `${code} ${message}`;
}

/**
 * Actions of the findings' repairs, by {@link findingKey}; those not searched yet are missing.
 * @param findings those in view, searched in this order
 */
export function useRepairs(
  findings: readonly Finding[],
  commands: Commands,
): ReadonlyMap<string, string | null> {
  const definition = useStore((s) => s.definition);
  const [, setDone] = useState(0);
  useEffect(() => {
    if (!definition) return;
    const known = knownOf(definition);
    const left = findings.filter((finding) => !known.has(findingKey(finding)));
    let waiting = 0;
    let isWanted = true;
    const tryOne = async (finding: Finding) => {
      known.set(findingKey(finding), (await commands.repairOf(finding))?.action ?? null);
      if (!isWanted) return;
      // Another button moves those below, so it waits for the end of a press.
      afterPress(() => setDone((done) => done + 1));
      waiting = requestIdleCallback(next, SOON);
    };
    const next = () => {
      const finding = left.shift();
      if (finding) tryOne(finding).catch(() => undefined);
    };
    waiting = requestIdleCallback(next, SOON);
    return () => {
      isWanted = false;
      cancelIdleCallback(waiting);
    };
  }, [definition, findings, commands]);
  return definition ? knownOf(definition) : NOTHING;
}

const NOTHING: ReadonlyMap<string, string | null> = new Map();

function knownOf(definition: DatasetDefinition): Map<string, string | null> {
  const known = KNOWN.get(definition) ?? new Map<string, string | null>();
  KNOWN.set(definition, known);
  return known;
}
