import { renameDocument } from '../document/nodes';
import { registry } from '../registry';
import { edit } from '../state/document-store';
import { useDocument } from '../state/use';
import { useGesture } from '../widgets/gesture';
import { countWords } from '../words';
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
          aria-label={inside ? 'Name of the subgraph' : 'Name of the graph'}
          value={name}
          maxLength={200}
          onFocus={gesture.begin}
          onChange={(event) =>
            edit(inside ? 'Rename subgraph' : 'Rename graph', renameDocument(event.currentTarget.value), gesture.id())
          }
        />
        <p className={css.help}>
          {countWords(nodes, 'node')}, {countWords(wires, 'wire')}
          {zones > 0 && `, ${countWords(zones, 'zone')}`}
        </p>
        {nodes > 0 && !effects && !inside && (
          <p className={css.help}>Nothing here shows a picture yet. Add an Image preview to have something to run.</p>
        )}
      </section>
      <ExposedParameters />
    </>
  );
}
