import { useEffect, useState } from "react";
import type { Commands } from "../../app/commands/commands.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Finding } from "../../domain/findings/findings.ts";
import { useStore } from "../../state/store.ts";
import { afterPress } from "../../ui/controls/presses.ts";

/**
 * A repair is tried before it is offered, which takes a while: it is looked for when the page has nothing
 * else to do.
 */
const KNOWN = new WeakMap<DatasetDefinition, Map<string, string | null>>();

/** A slow machine that draws all the time is never idle: after a while it is looked for all the same. */
const SOON = { timeout: 1000 } as const;

/** What a finding is about: the same after counts have come, which make new findings of all. */
export function keyOf({ code, message }: Finding): string {
  return `${code} ${message}`;
}

/**
 * Labels of the repairs of findings, by {@link keyOf}; those not looked for yet are missing.
 * @param findings those in sight, first come first served
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
    const left = findings.filter((finding) => !known.has(keyOf(finding)));
    let waiting = 0;
    let isWanted = true;
    const tryOne = async (finding: Finding) => {
      known.set(keyOf(finding), (await commands.repairOf(finding))?.label ?? null);
      if (!isWanted) return;
      // A button more moves those below.
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
