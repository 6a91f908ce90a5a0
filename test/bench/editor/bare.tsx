import {
  Background,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  SelectionMode,
  useEdgesState,
  useNodesState,
  useReactFlow,
} from '@xyflow/react';
import { createRoot } from 'react-dom/client';
import '@xyflow/react/dist/style.css';
import { largeGraph, margin } from './graph';

/** A node with a field, as its documentation shows one, to type in. */
function Prompt({ id, data }: NodeProps<Node<{ text?: string }>>) {
  const { updateNodeData } = useReactFlow();
  return (
    <div className="react-flow__node-default">
      <textarea
        className="nodrag"
        value={data.text ?? ''}
        style={{ width: '100%', boxSizing: 'border-box' }}
        onChange={(event) => updateNodeData(id, { text: event.currentTarget.value })}
      />
      <Handle type="source" position={Position.Bottom} />
    </div>
  );
}
const nodeTypes = { prompt: Prompt };

/** React Flow as its documentation shows it: plain nodes with a label, where ours are, and as many edges as we have wires. */
function Bare({ count, zoom }: { readonly count: number; readonly zoom: number }) {
  const { nodes: real, wires } = largeGraph(count);
  const [nodes, , onNodesChange] = useNodesState<Node>(
    real.map(({ id, at: [x, y] }, i) => ({
      id,
      position: { x, y },
      data: { label: id },
      ...(i === 0 && { type: 'prompt' }),
    })),
  );
  const [edges, , onEdgesChange] = useEdgesState<Edge>(
    wires.map(({ from, to }) => ({ id: [...from, ...to].join(' '), source: from[0], target: to[0] })),
  );
  return (
    <div style={{ position: 'absolute', inset: '48px 256px 0 184px' }}>
      <ReactFlow
        nodes={nodes}
        nodeTypes={nodeTypes}
        edges={edges}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        defaultViewport={{ x: margin * zoom, y: margin * zoom, zoom }}
        minZoom={0.1}
        maxZoom={4}
        panOnDrag={[1]}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
      >
        <Background />
      </ReactFlow>
    </div>
  );
}

const asked = new URLSearchParams(location.search);
const root = document.body.appendChild(document.createElement('div'));
createRoot(root).render(<Bare count={Number(asked.get('count'))} zoom={Number(asked.get('zoom'))} />);
