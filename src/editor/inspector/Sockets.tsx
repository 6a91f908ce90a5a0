import type { AnyNode } from '../../core/define-node';
import { inputSpec, portSpec } from '../../core/graph';
import { outputKind, wiredKinds } from '../../core/port-kinds';
import { SocketShape } from '../canvas/SocketShape';
import { registry } from '../registry';
import { useDocument, useRun } from '../state/use';
import { inspector } from '../text/inspector';
import { portWords } from '../words';
import css from './Inspector.module.css';

/** Where each socket of a node is wired to. */
export function Sockets({ id, definition }: { readonly id: string; readonly definition: AnyNode }) {
  const graph = useDocument((state) => state.graph);
  const values = useRun(({ outputs }) => outputs);
  const node = graph.nodes.get(id);
  const titleOf = (other: string) => {
    const found = graph.nodes.get(other);
    return found?.title ?? registry.get(found?.type ?? '')?.title ?? other;
  };
  const arriving = wiredKinds(graph, registry, id);
  const inputs = [...Object.keys(definition.in), ...(node?.exposed ?? [])].flatMap((port) => {
    const spec = inputSpec(definition, port);
    if (!spec) return [];
    const wire = graph.into.get(id)?.find(({ to }) => to[1] === port);
    const peer = wire
      ? inspector.from(titleOf(wire.from[0]))
      : spec.optional
        ? inspector.notWired
        : inspector.needsWire;
    const value = wire && values[wire.from[0]]?.[wire.from[1]]?.text;
    const kind = (spec.also && arriving[port]) ?? spec.kind;
    return [{ key: `in ${port}`, port, kind, peer, value }];
  });
  const outputs = Object.keys(definition.out).map((port) => {
    const peers = graph.outOf.get(id)?.filter(({ from }) => from[1] === port) ?? [];
    const [first] = peers;
    const peer = !first
      ? inspector.notWired
      : peers.length > 1
        ? inspector.toSeveral(peers.length)
        : inspector.to(titleOf(first.to[0]));
    const value = values[id]?.[port]?.text;
    const kind = outputKind(graph, registry, [id, port]) ?? portSpec(definition.out[port]).kind;
    return { key: `out ${port}`, port, kind, peer, value };
  });
  const all = [...inputs, ...outputs];
  if (all.length === 0) return null;
  return (
    <>
      <h3>{inspector.sockets}</h3>
      <ul className={css.sockets}>
        {all.map(({ key, port, kind, peer, value }) => (
          <li key={key}>
            <SocketShape kind={kind} size={11} />
            {portWords(port)}
            <span>{peer}</span>
            {value !== undefined && <small>{value}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}
