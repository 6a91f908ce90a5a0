import { IconChevronRight } from '@tabler/icons-react';
import { subgraphOf } from '../../core/subgraph';
import { useDocument } from '../state/use';
import { subgraph } from '../text/subgraph';
import { openInside } from './open';
import css from './subgraph.module.css';

/** How large the subgraph is that a node stands for; pressing it shows the inside. */
export function OpenButton({ id, title }: { readonly id: string; readonly title: string }) {
  const count = useDocument(({ document, graph }) => {
    const subgraph = subgraphOf(document, graph.nodes.get(id)?.type ?? '');
    // Without the two that are its border.
    return subgraph ? subgraph.nodes.length - 2 : 0;
  });
  const size = subgraph.nodes(count);
  return (
    <button
      type="button"
      className={`${css.open} nodrag`}
      aria-label={subgraph.open(title, size)}
      data-help={subgraph.openHelp}
      data-stop
      tabIndex={-1}
      onClick={() => openInside(id)}
    >
      {size}
      <IconChevronRight size={11} stroke={1.6} aria-hidden />
    </button>
  );
}
