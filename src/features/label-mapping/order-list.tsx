/** Strip with the values of `regions_class_order`, first to last, and better ones if any. */
import { Lightbulb } from "lucide-react";
import { useEffect, useRef } from "react";
import { selectRegion } from "../../state/actions/view-actions.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { moveAlongButtons } from "../../ui/controls/roving-focus.ts";
import { selectOrderAdvice } from "./label-mapping-selectors.ts";
import { adviceSentence } from "./text.ts";

export function OrderList() {
  const advice = useStore(selectOrderAdvice);
  const rows = useStore(selectRegionRows);
  const selected = useStore((s) => s.selectedRegion);
  const list = useRef<HTMLOListElement>(null);
  const at = advice?.names.indexOf(selected ?? "") ?? -1;
  useEffect(() => {
    if (at >= 0) list.current?.children[at]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [at]);
  if (!advice) return null;
  const reach = Math.max(0, at);
  const repairs = advice.repaired?.order ?? null;
  return (
    <section className="order" aria-label="Output order">
      <h3>
        Output order <small>regions_class_order, first to last: later regions overwrite earlier ones</small>
      </h3>
      <ol
        className="order-list"
        ref={list}
        aria-label="Entries of regions_class_order"
        onKeyDown={moveAlongButtons}
      >
        {advice.names.map((name, i) => {
          const writes = advice.written.order[i] ?? null;
          const better = repairs && repairs[i] !== writes ? (repairs[i] ?? null) : null;
          return (
            <li key={name}>
              <button
                type="button"
                className="order-entry"
                aria-pressed={name === selected}
                aria-label={`${i + 1}. ${name} writes ${writes ?? "nothing"}${better === null ? "" : `, suggested ${better}`}`}
                title={name}
                tabIndex={i === reach ? 0 : -1}
                onClick={() => selectRegion(name)}
              >
                <span className="order-name">
                  <i className="swatch" style={{ background: rows[i]?.hex }} />
                  <span className="mapping-name">{name}</span>
                </span>
                <span className="order-values">
                  <b data-replaced={better !== null || undefined}>{writes ?? "–"}</b>
                  {better === null ? null : <b className="order-better">{better}</b>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <p className="order-advice">
        <Lightbulb size={14} aria-hidden className="order-sign" />
        <span>{adviceSentence(advice)}</span>
      </p>
    </section>
  );
}
