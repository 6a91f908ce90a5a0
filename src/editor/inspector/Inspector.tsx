import { IconX } from '@tabler/icons-react';
import { uiStore } from '../state/ui-store';
import { useCanvas, useDocument } from '../state/use';
import { GraphSection } from './GraphSection';
import css from './Inspector.module.css';
import { NodeSection } from './NodeSection';
import { PartSection } from './PartSection';
import { SeveralSection } from './SeveralSection';

/** What is selected, in full: a node, several, or the graph itself. */
export function Inspector() {
  const selected = useCanvas(({ nodes }) => nodes.filter((node) => node.selected).map(({ id }) => id));
  const [only] = selected;
  const isNode = useDocument(({ graph }) => only !== undefined && graph.nodes.has(only));
  return (
    <aside className={css.inspector} aria-label="Inspector">
      <button
        type="button"
        className={css.close}
        aria-label="Close inspector"
        onClick={() => uiStore.setState({ inspector: false })}
      >
        <IconX size={16} stroke={1.6} aria-hidden />
      </button>
      {selected.length > 1 ? (
        <SeveralSection count={selected.length} />
      ) : only === undefined ? (
        <GraphSection />
      ) : !isNode ? (
        <PartSection key={only} id={only} />
      ) : (
        <NodeSection key={only} id={only} />
      )}
    </aside>
  );
}
