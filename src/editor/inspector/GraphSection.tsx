import { IconForms } from '@tabler/icons-react';
import { renameDocument } from '../document/nodes';
import { registry } from '../registry';
import { edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { useDocument } from '../state/use';
import { common } from '../text/common';
import { inspector } from '../text/inspector';
import { useGesture } from '../widgets/gesture';
import css from './Inspector.module.css';
import { ExposedParameters } from './Parameters';

/** The graph: its name, its size, and the parameters that stand for it. */
export function GraphSection() {
  const { name, nodes, wires, zones } = useDocument(({ document }) => ({
    name: document.name,
    nodes: document.nodes.length,
    wires: document.wires.length,
    zones: document.zones.length,
  }));
  const effects = useDocument(({ document }) =>
    document.nodes.some(({ type }) => registry.get(type)?.shows !== undefined || registry.get(type)?.effect),
  );
  const inside = useDocument(({ path }) => path.length > 0);
  const gesture = useGesture();
  return (
    <>
      <section className={css.section}>
        <input
          className={css.name}
          aria-label={inside ? inspector.nameSubgraph : inspector.nameGraph}
          value={name}
          maxLength={200}
          onFocus={gesture.begin}
          onChange={(event) =>
            edit(
              inside ? inspector.renameSubgraph : inspector.renameGraph,
              renameDocument(event.currentTarget.value),
              gesture.id(),
            )
          }
        />
        <p className={css.help}>
          {common.nodes(nodes)}, {common.wires(wires)}
          {zones > 0 && `, ${common.zones(zones)}`}
        </p>
        {nodes > 0 && !inside && (
          <button type="button" className={css.wide} onClick={() => uiStore.setState({ dialog: 'form' })}>
            <IconForms size={14} stroke={1.6} aria-hidden />
            {inspector.form}
          </button>
        )}
        {nodes > 0 && !effects && !inside && <p className={css.help}>{inspector.nothingShows}</p>}
      </section>
      <ExposedParameters />
    </>
  );
}
