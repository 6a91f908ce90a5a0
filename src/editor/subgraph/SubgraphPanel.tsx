import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Subgraph } from '../../core/document';
import { SocketShape } from '../canvas/SocketShape';
import type { Recipe } from '../document/recipe';
import {
  describeSubgraph,
  type Hidden,
  hiddenPorts,
  hidePort,
  renamePort,
  type Side,
  showPort,
} from '../document/subgraph-ports';
import inspector from '../inspector/Inspector.module.css';
import { definitionsOf } from '../registry';
import { editWhole, wholeDocument } from '../state/document-store';
import { useDocument } from '../state/use';
import { subgraphPanel } from '../text/subgraph-panel';
import { useGesture } from '../widgets/gesture';
import { portWords } from '../words';
import css from './panel.module.css';

const change = (label: string, recipe: Recipe, gesture?: string) => editWhole(label, recipe, gesture);

const { sides, one } = subgraphPanel;

/** A socket or parameter of the subgraph: its name, to be changed, and a way to take it back. */
function Row({ id, side, name, where }: { id: string; side: Side; name: string; where: React.ReactNode }) {
  const [text, setText] = useState<string>();
  const finish = () => {
    if (text !== undefined)
      change(subgraphPanel.rename(portWords(name)), renamePort(wholeDocument(), id, side, name, text));
    setText(undefined);
  };
  return (
    <li>
      {where}
      <input
        aria-label={subgraphPanel.name(portWords(name))}
        value={text ?? portWords(name)}
        maxLength={56}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setText(undefined);
        }}
      />
      <button
        type="button"
        aria-label={subgraphPanel.hide(portWords(name))}
        data-help={subgraphPanel.hideHelp}
        onClick={() => change(subgraphPanel.hide(portWords(name)), hidePort(id, side, name))}
      >
        <IconX size={12} stroke={1.6} aria-hidden />
      </button>
    </li>
  );
}

/** What is inside and could be shown. */
function Add({ subgraph, side, hidden }: { subgraph: Subgraph; side: Side; hidden: readonly Hidden[] }) {
  const titles = useDocument(({ history }) => {
    const definitions = definitionsOf(history.document);
    return Object.fromEntries(
      subgraph.nodes.map(({ id, title, type }) => [id, title ?? definitions.get(type)?.title ?? type]),
    );
  });
  if (hidden.length === 0) return null;
  return (
    <select
      className={css.add}
      aria-label={subgraphPanel.show(one[side])}
      value=""
      onChange={(event) => {
        const port = hidden[Number(event.currentTarget.value)];
        if (port) change(subgraphPanel.show(portWords(port.end[1])), showPort(subgraph.id, port));
      }}
    >
      <option value="" disabled>
        {subgraphPanel.showAny(one[side])}
      </option>
      {hidden.map(({ end: [node, port] }, i) => (
        <option key={`${node} ${port}`} value={i}>
          {`${titles[node]}: ${portWords(port)}`}
        </option>
      ))}
    </select>
  );
}

/** What a subgraph shows to the outside, and what else it could show. All of its instances follow. */
export default function SubgraphPanel({ id }: { readonly id: string }) {
  const subgraph = useDocument(({ history }) => history.document.subgraphs?.find((other) => other.id === id));
  const definitions = useDocument(({ history }) => definitionsOf(history.document));
  const gesture = useGesture();
  if (!subgraph) return null;
  const hidden = hiddenPorts(subgraph, definitions);
  const titleOf = (node: string) => {
    const found = subgraph.nodes.find((other) => other.id === node);
    return found?.title ?? definitions.get(found?.type ?? '')?.title ?? node;
  };
  const rows = {
    inputs: subgraph.inputs.map(({ name, kind }) => ({ name, where: <SocketShape kind={kind} size={11} /> })),
    outputs: subgraph.outputs.map(({ name, kind }) => ({ name, where: <SocketShape kind={kind} size={11} /> })),
    params: subgraph.params.map(({ name, of }) => ({ name, where: <span>{titleOf(of[0])}</span> })),
  };
  return (
    <section className={inspector.section} aria-label={subgraphPanel.subgraph}>
      <h3>{subgraphPanel.what}</h3>
      <textarea
        className={css.help}
        aria-label={subgraphPanel.what}
        placeholder={subgraphPanel.whatHint}
        rows={2}
        maxLength={200}
        value={subgraph.help ?? ''}
        onFocus={gesture.begin}
        onChange={(event) =>
          change(subgraphPanel.describe, describeSubgraph(id, event.currentTarget.value), gesture.id())
        }
      />
      {(['inputs', 'outputs', 'params'] as const).map((side) => (
        <div key={side}>
          <h3>{sides[side]}</h3>
          <ul className={css.ports} aria-label={sides[side]} data-side={side}>
            {rows[side].map(({ name, where }) => (
              <Row key={name} id={id} side={side} name={name} where={where} />
            ))}
          </ul>
          <Add subgraph={subgraph} side={side} hidden={hidden.filter((port) => port.side === side)} />
        </div>
      ))}
    </section>
  );
}
