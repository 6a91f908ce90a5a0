import {
  applyEdgeChanges,
  applyNodeChanges,
  Background,
  type EdgeChange,
  type NodeChange,
  type OnNodeDrag,
  ReactFlow,
  type SelectionDragHandler,
  SelectionMode,
  useKeyPress,
  useStoreApi,
} from '@xyflow/react';
import { canvas } from '../text/canvas';
import '@xyflow/react/dist/base.css';
import {
  type MouseEvent as ReactMouseEvent,
  type TouchEvent as ReactTouchEvent,
  useCallback,
  useEffect,
  useRef,
} from 'react';
import { keepView } from '../files/session';
import { onContextMenu } from '../menus/open';
import { Steps } from '../scrubber/Steps';
import { type CanvasNode, type CanvasWire, canvasStore } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { useCanvas, useHand } from '../state/use';
import { handStore, letGo } from '../state/wire-in-hand';
import { watchRoutes } from '../wires/watch-routes';
import css from './Canvas.module.css';
import { CanvasControls } from './CanvasControls';
import { onNodeMouseEnter, watchDetail } from './detail';
import { FarWires } from './FarWires';
import { FrameNode } from './FrameNode';
import { useNearWires, watchFarWires } from './far-wires';
import { dropTarget } from './file-drop';
import { Guides } from './Guides';
import { loadedGestures, withGestures } from './later';
import { NoteNode } from './NoteNode';
import { RerouteNode } from './RerouteNode';
import { fitIfWanted } from './reveal';
import { setFlow } from './view';
import { WeftNode } from './WeftNode';
import { LooseWire, Wire } from './Wire';
import { WireWords } from './WireWords';
import {
  isValidConnection,
  onClickConnectEnd,
  onClickConnectStart,
  onConnect,
  onConnectEnd,
  onConnectStart,
  onReconnect,
  onReconnectStart,
} from './wire-handlers';
import { ZoneTints } from './ZoneTints';
import { coverWhileZooming, useLevel } from './zooming';

const nodeTypes = { weft: WeftNode, frame: FrameNode, note: NoteNode, reroute: RerouteNode };
const edgeTypes = { wire: Wire };
/** Keys that add to the selection. */
const additive = ['Shift', 'Meta', 'Control'];
/** React Flow's own, without the words that speak of keys which are not ours. */
const labels = {
  'node.a11yDescription.default': canvas.describedBy,
  'node.a11yDescription.keyboardDisabled': '',
  'edge.a11yDescription.default': '',
};

/** Shift and a drag from an output move all its wires. */
const onMouseDownCapture = (event: ReactMouseEvent) => {
  if (!event.shiftKey || event.button !== 0) return;
  withGestures(({ pullAll }) => pullAll(event.target, event.nativeEvent) && event.stopPropagation());
};

/** A press beside all sockets lets go of a wire that was taken by a press; a finger's also drops it there. */
const onClickCapture = (event: ReactMouseEvent) => {
  if (loadedGestures()?.onTap(event.nativeEvent)) event.stopPropagation();
  else if (event.isTrusted && !(event.target as Element).closest('.react-flow__handle')) letGo();
};

const onTouchStartCapture = (event: ReactTouchEvent) => loadedGestures()?.onTouchStart(event.nativeEvent);

const coarse = matchMedia('(pointer: coarse)').matches;

// React Flow tells everything that it draws of each of its properties that is another than before, so none is made anew.
const snapGrid: [number, number] = [4, 4];
const panOnDrag = coarse ? true : [1];
const onMoveEnd = () => void keepView();
const onEdgesChange = (changes: EdgeChange<CanvasWire>[]) =>
  canvasStore.setState((state) => ({ edges: applyEdgeChanges(changes, state.edges) }));
const onNodeDragStart: OnNodeDrag<CanvasNode> = (event, _node, dragged) =>
  withGestures(({ beginDrag }) => beginDrag(event, dragged));
const onNodeDrag: OnNodeDrag<CanvasNode> = (event, _node, dragged) =>
  withGestures(({ onDrag }) => onDrag(event, dragged));
const onNodeDragStop: OnNodeDrag<CanvasNode> = (_event, _node, dragged) =>
  withGestures(({ endDrag }) => endDrag(dragged));
const onSelectionDragStart: SelectionDragHandler<CanvasNode> = (event, dragged) =>
  withGestures(({ beginDrag }) => beginDrag(event, dragged));
const onSelectionDragStop: SelectionDragHandler<CanvasNode> = (_event, dragged) =>
  withGestures(({ endDrag }) => endDrag(dragged));

// Made once, so that React does not look at them when the canvas is drawn again for each step of a drag.
const within = (
  <>
    <Background gap={20} size={2} color="var(--dot)" bgColor="var(--canvas)" />
    <ZoneTints />
    <FarWires />
    <Guides />
    <Steps />
  </>
);
const above = (
  <>
    <CanvasControls />
    <WireWords />
  </>
);

/** The graph. */
export function Canvas() {
  const level = useLevel();
  const { nodes, edges } = useCanvas((state) => state);
  const near = useNearWires(edges);
  const free = useKeyPress('Alt');
  const held = useHand(({ hand }) => hand !== undefined);
  const flow = useStoreApi<CanvasNode>();
  // React Flow would go on to wait for the second of two presses.
  useEffect(
    () => handStore.subscribe(({ hand }) => hand || flow.setState({ connectionClickStartHandle: null })),
    [flow],
  );
  useEffect(() => watchDetail(flow), [flow]);
  useEffect(watchFarWires, []);
  useEffect(() => watchRoutes(flow), [flow]);
  const main = useRef<HTMLElement>(null);
  useEffect(() => (main.current ? coverWhileZooming(main.current) : undefined), []);
  const freely = useRef(free);
  freely.current = free;
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      // A box that is drawn inside of a frame selects what is in it and not the frame.
      const frames = flow.getState().userSelectionActive
        ? new Set(documentStore.getState().document.frames.map(({ id }) => id))
        : undefined;
      const wanted = frames
        ? changes.filter((change) => change.type !== 'select' || !change.selected || !frames.has(change.id))
        : changes;
      // What is not loaded yet is not needed either: it is there before the first drag moves anything.
      const now = loadedGestures()?.moved(wanted, freely.current) ?? wanted;
      canvasStore.setState((state) => ({ nodes: applyNodeChanges(now, state.nodes) }));
      if (changes.some(({ type }) => type === 'dimensions')) requestAnimationFrame(fitIfWanted);
    },
    [flow],
  );

  return (
    <main
      ref={main}
      className={css.canvas}
      aria-label={canvas.graph}
      tabIndex={-1}
      data-zoom={level}
      onContextMenu={(event) => onContextMenu(event.nativeEvent)}
      data-hand={held ? '' : undefined}
      onMouseDownCapture={onMouseDownCapture}
      onClickCapture={onClickCapture}
      onTouchStartCapture={onTouchStartCapture}
      // Where fingers are what there is, two taps are told apart from two presses by hand.
      onDoubleClick={(event) => coarse || withGestures(({ onDoublePress }) => onDoublePress(event.nativeEvent))}
      {...dropTarget}
    >
      <ReactFlow<CanvasNode, CanvasWire>
        nodes={nodes}
        edges={near}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        connectionLineComponent={LooseWire}
        connectionRadius={24}
        connectionDragThreshold={3}
        reconnectRadius={10}
        minZoom={0.1}
        maxZoom={4}
        snapToGrid={!free}
        snapGrid={snapGrid}
        deleteKeyCode={null}
        disableKeyboardA11y
        edgesFocusable={false}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={panOnDrag}
        panActivationKeyCode="Space"
        zoomOnDoubleClick={false}
        ariaLabelConfig={labels}
        attributionPosition="bottom-left"
        onInit={setFlow}
        onMoveEnd={onMoveEnd}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeMouseEnter={onNodeMouseEnter}
        onNodeDragStart={onNodeDragStart}
        onSelectionDragStart={onSelectionDragStart}
        onNodeDrag={onNodeDrag}
        onNodeDragStop={onNodeDragStop}
        onSelectionDragStop={onSelectionDragStop}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        onClickConnectStart={onClickConnectStart}
        onClickConnectEnd={onClickConnectEnd}
        onConnect={onConnect}
        isValidConnection={isValidConnection}
        onReconnectStart={onReconnectStart}
        onReconnect={onReconnect}
        onReconnectEnd={letGo}
        selectionKeyCode={null}
        multiSelectionKeyCode={additive}
      >
        {within}
      </ReactFlow>
      {above}
    </main>
  );
}
