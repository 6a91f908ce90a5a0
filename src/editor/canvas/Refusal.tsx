import { IconBan } from '@tabler/icons-react';
import type { ConnectionState } from '@xyflow/react';
import { useConnection } from '@xyflow/react';
import type { WireEnd } from '../../core/document';
import { conversionBetween } from '../document/conversion';
import { registry } from '../registry';
import { currentDocument } from '../state/document-store';
import { useHand } from '../state/use';
import { canvas } from '../text/canvas';
import { sentences } from '../words';
import css from './Refusal.module.css';

/** Where the refused socket is on the screen, in the canvas' own pixels. */
const refused = (connection: ConnectionState) =>
  connection.inProgress && connection.isValid === false && connection.toHandle
    ? {
        node: connection.toHandle.nodeId,
        port: connection.toHandle.id ?? '',
        side: connection.toHandle.type,
        ...connection.pointer,
      }
    : undefined;

/** Says, at the pointer, why a socket does not take the wire in hand. */
export default function Refusal() {
  const at = useConnection(refused);
  const hand = useHand((state) => state.hand);
  const verdict = at && hand?.verdict([at.node, at.port], at.side);
  if (!at || !verdict || verdict.ok) return null;
  const socket: WireEnd = [at.node, at.port];
  const [from, to] = hand?.side === 'source' ? [hand.end, socket] : [socket, hand?.end ?? socket];
  const between = conversionBetween(currentDocument(), registry, from, to);
  const [what, cure] = sentences(verdict.reason);
  return (
    <div
      className={css.refusal}
      role="tooltip"
      style={{ left: `min(${at.x + 16}px, 100% - 352px)`, top: `min(${at.y + 20}px, 100% - 72px)` }}
    >
      <IconBan size={16} stroke={1.6} aria-hidden />
      <div>
        <strong>{what}</strong>
        {cure && <span>{cure}</span>}
        {between && <span>{canvas.letGoBetween(between.definition.title)}</span>}
      </div>
    </div>
  );
}
