import { IconX } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { isBorder, subgraphOf } from '../../core/subgraph';
import { follow } from '../document/subgraph-inside';
import { uiStore } from '../state/ui-store';
import { useCanvas, useDocument, useInspect } from '../state/use';
import { inspector } from '../text/inspector';
import { GraphSection } from './GraphSection';
import css from './Inspector.module.css';
import { NodeSection } from './NodeSection';
import { PartSection } from './PartSection';
import { SeveralSection } from './SeveralSection';

const ValuePanel = lazy(() => import('../inspect/ValuePanel'));
const SubgraphPanel = lazy(() => import('../subgraph/SubgraphPanel'));

/** What is selected, in full: a node, several, or the graph itself. `edge` makes it wider. */
export function Inspector({ edge }: { readonly edge: ReactNode }) {
  const selected = useCanvas(({ nodes }) => nodes.filter((node) => node.selected).map(({ id }) => id));
  const [only] = selected;
  const isNode = useDocument(({ graph }) => only !== undefined && graph.nodes.has(only));
  // Of the instance that is selected; of what is open, while nothing or its border is.
  const subgraph = useDocument(({ document, history, graph, path }) => {
    const type = graph.nodes.get(only ?? '')?.type;
    if (selected.length > 1) return undefined;
    return only === undefined || (type && isBorder(type))
      ? follow(history.document, path).subgraph?.id
      : subgraphOf(document, type ?? '')?.id;
  });
  const { looking, pinned } = useInspect(({ looked, unwired, pins }) => ({
    looking: looked !== undefined || unwired !== undefined,
    pinned: pins.length > 0,
  }));
  return (
    <aside className={css.frame} aria-label={inspector.inspector}>
      <div className={css.inspector}>
        <h2 className={css.spoken}>{inspector.inspector}</h2>
        <button
          type="button"
          className={css.close}
          aria-label={inspector.closeInspector}
          onClick={() => uiStore.setState({ inspector: false })}
        >
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
        {(looking || pinned) && (
          <Suspense>
            <ValuePanel />
          </Suspense>
        )}
        {selected.length > 1 ? (
          <SeveralSection count={selected.length} />
        ) : only === undefined ? (
          !looking && <GraphSection />
        ) : !isNode ? (
          <PartSection key={only} id={only} />
        ) : (
          <NodeSection key={only} id={only} />
        )}
        {subgraph !== undefined && (
          <Suspense>
            <SubgraphPanel key={subgraph} id={subgraph} />
          </Suspense>
        )}
      </div>
      {edge}
    </aside>
  );
}
