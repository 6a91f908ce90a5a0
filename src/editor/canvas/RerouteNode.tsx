import { IconPlus } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, useRef } from 'react';
import { outputKind } from '../../core/port-kinds';
import { reroutesOf } from '../document/reroutes';
import { registry } from '../registry';
import type { CanvasNode } from '../state/canvas-store';
import { useDocument, useHand } from '../state/use';
import { canvas } from '../text/canvas';
import { portWords } from '../words';
import css from './Reroute.module.css';
import { SocketShape } from './SocketShape';
import { sameNode } from './same-node';

/** A point of wires that can be dragged, fed from elsewhere, and from which further wires can be taken. */
export const RerouteNode = memo(function RerouteNode({ id, selected }: NodeProps<CanvasNode>) {
  const output = useRef<HTMLDivElement>(null);
  const { port, kind, title, inputs } = useDocument(({ document, graph }) => {
    const reroute = reroutesOf(document).get(id);
    const [name = '', socket = ''] = reroute?.from ?? [];
    const from = graph.nodes.get(name);
    const definition = registry.get(from?.type ?? '');
    return {
      port: socket,
      kind: reroute && outputKind(graph, registry, reroute.from),
      title: from?.title ?? definition?.title ?? name,
      inputs: reroute?.to.length ?? 0,
    };
  });
  const fate = useHand(({ hand }) => {
    if (!hand) return undefined;
    return hand.verdict([id, ''], hand.side === 'source' ? 'target' : 'source').ok ? 'open' : 'shut';
  });
  return (
    <div className={`${css.reroute} ${selected ? css.selected : ''}`} data-fate={fate}>
      <span id={`name-${id}`} hidden>
        {canvas.reroute(portWords(port), title, inputs)}
      </span>
      <SocketShape kind={kind} size={9} />
      <Handle type="target" position={Position.Left} id="in" isConnectableStart={false} className={css.end ?? ''} />
      <Handle ref={output} type="source" position={Position.Right} id="out" className={css.end ?? ''} />
      <button
        type="button"
        className={`${css.take} nodrag nopan`}
        aria-label={canvas.takeWire(portWords(port), title)}
        data-stop
        tabIndex={-1}
        // The socket lies under the point, which is there to be dragged.
        onMouseDown={({ button, clientX, clientY }) =>
          output.current?.dispatchEvent(
            new MouseEvent('mousedown', { bubbles: true, cancelable: true, view: window, button, clientX, clientY }),
          )
        }
        onClick={() => output.current?.click()}
      >
        <IconPlus size={10} stroke={2} aria-hidden />
      </button>
    </div>
  );
}, sameNode);
