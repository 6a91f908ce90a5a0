import { canConnect } from '../../core/connect';
import type { AnyNode } from '../../core/define-node';
import type { WireEnd } from '../../core/document';
import type { Kind } from '../../core/kinds';
import { endWords, titleIn } from '../announce/changes';
import { paletteTitle, registry } from '../registry';
import { portFor } from '../state/add-node';
import { documentStore } from '../state/document-store';
import type { Connecting } from '../state/ui-store';
import { addable } from '../subgraph/shelf';
import { connectDialog } from '../text/connect-dialog';
import { portWords } from '../words';
import { candidatesFor, type Socket, socketsOf } from './candidates';

type Act =
  | { readonly type: 'choose'; readonly socket: Socket }
  | { readonly type: 'wire'; readonly from: WireEnd; readonly to: WireEnd; readonly expose: boolean }
  | { readonly type: 'unwire'; readonly from: WireEnd; readonly to: WireEnd }
  | { readonly type: 'add'; readonly definition: AnyNode; readonly loose: Socket & { readonly kind: Kind } };

/** One line of the dialog. */
export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly kind: Kind | undefined;
  readonly hint?: string | undefined;
  readonly act: Act;
  /** Whether it can be chosen, and why not; asked of what is shown. */
  readonly reason: () => string | undefined;
}

const always = () => undefined;
const idOf = (...parts: readonly string[]) => `connect-${parts.join('-').replaceAll(/[^\w-]/g, '_')}`;

/** The sockets of a node, to choose one from. */
function ownSockets(node: string): Entry[] {
  const { graph } = documentStore.getState();
  return socketsOf(graph, registry, node).map(({ end, side, kind, expose }) => {
    const peers = (side === 'source' ? graph.outOf : graph.into)
      .get(node)
      ?.filter(({ from, to }) => (side === 'source' ? from : to)[1] === end[1])
      .map(({ from, to }) => titleIn(graph, registry, (side === 'source' ? to : from)[0]));
    const wired = peers?.length ? connectDialog.peers(side, peers.join(', ')) : connectDialog.notWired;
    return {
      id: idOf('own', side, end[1]),
      group: side === 'source' ? connectDialog.outputs : expose ? connectDialog.parameters : connectDialog.inputs,
      title: portWords(end[1]),
      kind,
      hint: expose ? connectDialog.becomes : wired,
      act: { type: 'choose', socket: { end, side } },
      reason: always,
    };
  });
}

/** What a wire of a socket can be connected to: sockets that are there, and nodes that would have one. */
function farSockets(socket: Socket): Entry[] {
  const { document, graph } = documentStore.getState();
  const { end, side } = socket;
  const kind = socketsOf(graph, registry, end[0]).find((own) => own.side === side && own.end[1] === end[1])?.kind;
  const entries = candidatesFor(document, graph, registry, socket).map((candidate): Entry => {
    const [from, to] = side === 'source' ? [end, candidate.end] : [candidate.end, end];
    const { wired, likely, taken, expose } = candidate;
    const hint = taken
      ? connectDialog.inPlaceOf(endWords(graph, registry, taken))
      : expose
        ? connectDialog.becomes
        : wired
          ? connectDialog.removeHint
          : undefined;
    return {
      id: idOf(...candidate.end),
      group: wired ? connectDialog.wiredNow : likely ? connectDialog.fits : connectDialog.doesNotFit,
      title: endWords(graph, registry, candidate.end),
      kind: candidate.kind,
      hint,
      act: wired ? { type: 'unwire', from, to } : { type: 'wire', from, to, expose },
      reason() {
        if (wired) return undefined;
        const verdict = canConnect(document, registry, from, to);
        return verdict.ok ? undefined : verdict.reason;
      },
    };
  });
  const loose = kind && { ...socket, kind };
  const fresh = loose
    ? addable()
        .filter((other) => portFor(other, loose) !== undefined)
        .map(
          (other): Entry => ({
            id: idOf('add', other.type),
            group: connectDialog.addNode,
            title: paletteTitle(other),
            kind: undefined,
            hint: connectDialog.fresh,
            act: { type: 'add', definition: other, loose },
            reason: always,
          }),
        )
    : [];
  const at = entries.findIndex(({ group }) => group === connectDialog.doesNotFit);
  return at < 0 ? [...entries, ...fresh] : [...entries.slice(0, at), ...fresh, ...entries.slice(at)];
}

export const entriesFor = ({ node, socket }: Connecting): Entry[] =>
  socket ? farSockets({ end: [node, socket.port], side: socket.side }) : ownSockets(node);
