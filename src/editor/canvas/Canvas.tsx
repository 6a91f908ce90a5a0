import {
  applyEdgeChanges,
  applyNodeChanges,
  Background,
  type Connection,
  type FinalConnectionState,
  type IsValidConnection,
  type NodeChange,
  type OnConnectEnd,
  type OnConnectStart,
  ReactFlow,
  SelectionMode,
  useKeyPress,
  useStore,
  useStoreApi,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import type { WireEnd } from '../../core/document';
import { inputSpec } from '../../core/graph';
import { outputKind } from '../../core/port-kinds';
import { conversionBetween } from '../document/conversion';
import { allOf } from '../document/recipe';
import { connect, disconnect } from '../document/wires';
import { keepView } from '../files/session';
import { onContextMenu } from '../menus/open';
import { registry } from '../registry';
import { type CanvasNode, type CanvasWire, canvasStore } from '../state/canvas-store';
import { currentDocument, documentStore, edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { useCanvas } from '../state/use';
import { handStore, letGo, type Side, takeWire, type WireInHand } from '../state/wire-in-hand';
import css from './Canvas.module.css';
import { CanvasControls } from './CanvasControls';
import { ConversionOffer } from './ConversionOffer';
import { withCarried } from './carry';
import { FrameNode } from './FrameNode';
import { dropTarget } from './file-drop';
import { NoteNode } from './NoteNode';
import { beginDrag, endDrag, onDrag } from './node-drag';
import { Refusal } from './Refusal';
import { fitIfWanted } from './reveal';
import { setFlow } from './view';
import { WeftNode } from './WeftNode';
import { LooseWire, Wire } from './Wire';
import { ZoneTints } from './ZoneTints';

const nodeTypes = { weft: WeftNode, frame: FrameNode, note: NoteNode };
const edgeTypes = { wire: Wire };
/** React Flow's own, without the words that speak of keys which are not ours. */
const labels = {
  'node.a11yDescription.default': 'Arrow keys follow wires. Enter edits.',
  'node.a11yDescription.keyboardDisabled': '',
};

function kindAt([id, port]: WireEnd, side: Side) {
  const { graph } = documentStore.getState();
  if (side === 'source') return outputKind(graph, registry, [id, port]);
  const definition = registry.get(graph.nodes.get(id)?.type ?? '');
  return definition && inputSpec(definition, port)?.kind;
}

function take(node: string | null, port: string | null, side: Side | null, replugged?: string) {
  if (!node || !port || !side) return;
  takeWire([node, port], side, kindAt([node, port], side), replugged);
}

const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  // A wire that is being re-plugged is in hand already.
  if (!handStore.getState().hand) take(nodeId, handleId, handleType);
};

const ends = ({ source, sourceHandle, target, targetHandle }: Connection | CanvasWire) =>
  [
    [source, sourceHandle ?? ''],
    [target, targetHandle ?? ''],
  ] as const satisfies readonly [WireEnd, WireEnd];

const isValidConnection: IsValidConnection<CanvasWire> = (connection) => {
  const { hand } = handStore.getState();
  const [from, to] = ends(connection as Connection);
  const socket = hand?.side === 'source' ? to : from;
  return hand?.verdict(socket, hand.side === 'source' ? 'target' : 'source').ok ?? false;
};

const onConnect = (connection: Connection) => edit('Wire', connect(...ends(connection)));

const onReconnectStart = (_event: unknown, wire: CanvasWire, fixed: Side) =>
  fixed === 'target'
    ? take(wire.target, wire.targetHandle ?? null, 'target', wire.id)
    : take(wire.source, wire.sourceHandle ?? null, 'source', wire.id);

const onReconnect = (wire: CanvasWire, connection: Connection) =>
  edit('Move wire', allOf(disconnect(new Set([wire.id])), connect(...ends(connection))));

/** A wire that is let go over nothing is taken out; over a socket that refuses it, it goes back. */
const onReconnectEnd = (_event: unknown, wire: CanvasWire, _side: Side, state: FinalConnectionState) => {
  if (!state.toHandle) edit('Remove wire', disconnect(new Set([wire.id])));
  letGo();
};

/** Says once more why a socket refused a wire, when a node between the two would make it fit. */
function offerConversion(hand: WireInHand, socket: WireEnd, side: Side, { clientX: x, clientY: y }: MouseEvent) {
  const verdict = hand.verdict(socket, side);
  const [from, to] = hand.side === 'source' ? [hand.end, socket] : [socket, hand.end];
  const conversion = conversionBetween(currentDocument(), registry, from, to);
  if (!verdict.ok && conversion && side !== hand.side)
    uiStore.setState({ refused: { x, y, reason: verdict.reason, from, to, conversion } });
}

/** A new wire that is let go over nothing asks for the node that it is to go to. */
const onConnectEnd: OnConnectEnd = (event, state) => {
  const { hand } = handStore.getState();
  letGo();
  if (hand && state.toHandle && state.isValid === false && event instanceof MouseEvent) {
    const socket: WireEnd = [state.toHandle.nodeId, state.toHandle.id ?? ''];
    return offerConversion(hand, socket, state.toHandle.type, event);
  }
  if (!hand || hand.replugged !== undefined || state.toHandle || !(event instanceof MouseEvent)) return;
  uiStore.setState({ adding: { x: event.clientX, y: event.clientY, loose: hand } });
};

/** A double click on the empty canvas asks for a node. */
const onDoubleClick = ({ target, clientX: x, clientY: y }: MouseEvent) => {
  if ((target as Element).matches('.react-flow__pane')) uiStore.setState({ adding: { x, y, loose: undefined } });
};

/** What is worth drawing (UI.md, "Zoom levels"). */
const levelOf = (zoom: number) => (zoom > 0.6 ? 'near' : zoom > 0.35 ? 'middle' : 'far');

/** The graph. */
export function Canvas() {
  const level = useStore(({ transform }) => levelOf(transform[2]));
  const { nodes, edges } = useCanvas((state) => state);
  const free = useKeyPress('Alt');
  const flow = useStoreApi();
  const onNodesChange = (changes: NodeChange<CanvasNode>[]) => {
    // A box that is drawn inside of a frame selects what is in it and not the frame.
    const frames = flow.getState().userSelectionActive
      ? new Set(documentStore.getState().document.frames.map(({ id }) => id))
      : undefined;
    const wanted = frames
      ? changes.filter((change) => change.type !== 'select' || !change.selected || !frames.has(change.id))
      : changes;
    canvasStore.setState((state) => ({ nodes: applyNodeChanges(withCarried(wanted), state.nodes) }));
    if (changes.some(({ type }) => type === 'dimensions')) requestAnimationFrame(fitIfWanted);
  };

  return (
    <main
      className={css.canvas}
      aria-label="Graph"
      data-zoom={level}
      onContextMenu={(event) => onContextMenu(event.nativeEvent)}
      onDoubleClick={(event) => onDoubleClick(event.nativeEvent)}
      {...dropTarget}
    >
      <ReactFlow<CanvasNode, CanvasWire>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        connectionLineComponent={LooseWire}
        connectionRadius={24}
        connectionDragThreshold={3}
        reconnectRadius={10}
        minZoom={0.1}
        maxZoom={4}
        snapToGrid={!free}
        snapGrid={[4, 4]}
        deleteKeyCode={null}
        disableKeyboardA11y
        edgesFocusable={false}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={matchMedia('(pointer: coarse)').matches ? true : [1]}
        panActivationKeyCode="Space"
        zoomOnDoubleClick={false}
        ariaLabelConfig={labels}
        attributionPosition="bottom-left"
        onInit={setFlow}
        onMoveEnd={() => void keepView()}
        onNodesChange={onNodesChange}
        onEdgesChange={(changes) =>
          canvasStore.setState((state) => ({ edges: applyEdgeChanges(changes, state.edges) }))
        }
        onNodeDragStart={(event, _node, dragged) => beginDrag(event, dragged)}
        onSelectionDragStart={beginDrag}
        onNodeDrag={(event, _node, dragged) => onDrag(event, dragged)}
        onNodeDragStop={(_event, _node, dragged) => endDrag(dragged)}
        onSelectionDragStop={(_event, dragged) => endDrag(dragged)}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        onClickConnectStart={onConnectStart}
        onClickConnectEnd={letGo}
        onConnect={onConnect}
        isValidConnection={isValidConnection}
        onReconnectStart={onReconnectStart}
        onReconnect={onReconnect}
        onReconnectEnd={onReconnectEnd}
      >
        <Background gap={20} size={2} color="var(--dot)" bgColor="var(--canvas)" />
        <ZoneTints />
        <Refusal />
      </ReactFlow>
      <CanvasControls />
      <ConversionOffer />
    </main>
  );
}
