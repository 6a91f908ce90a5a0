import type { Registry } from '../../core/graph';
import type { Fix } from '../../core/problem';
import { registryOf } from '../../core/subgraph';
import { openPlace } from './boxes';
import { addNodes, newNodes } from './nodes';
import { nodeOf, type Recipe } from './recipe';
import { connect } from './wires';

/** About what a node takes, in pixels of the graph, and how far before another one a new one is put. */
const usual = { width: 180, height: 160 };
const before = 220;

/** Makes the change that mends a problem. */
export const mend =
  (fix: Fix, base: Registry): Recipe =>
  (document) => {
    const registry = registryOf(document, base);
    switch (fix.do) {
      case 'set': {
        const node = nodeOf(document, fix.node);
        for (const [name, value] of Object.entries(node ? fix.params : {}))
          if (node && value !== undefined) node.params[name] = value;
          else delete node?.params[name];
        return;
      }
      case 'enable': {
        const node = nodeOf(document, fix.node);
        delete node?.muted;
        delete node?.bypassed;
        return;
      }
      case 'cut': {
        const [id, port] = fix.to;
        document.wires = document.wires.filter(({ to }) => to[0] !== id || to[1] !== port);
        return;
      }
      case 'wire':
        connect([...fix.from], [...fix.to])(document);
        return;
      case 'add':
      case 'insert': {
        const definition = registry.get(fix.type);
        const target = nodeOf(document, fix.to[0]);
        if (!definition || !target) return;
        const [x, y] = target.at;
        const taken = document.nodes.map(({ at }) => ({ x: at[0], y: at[1], ...usual }));
        const at = openPlace([x - before, y], usual, taken);
        const nodes = newNodes(document, registry, definition, at, fix.do === 'insert' ? { ...fix.params } : {});
        const id = nodes[0]?.id;
        if (id === undefined) return;
        const wire = document.wires.find(({ to }) => to[0] === fix.to[0] && to[1] === fix.to[1]);
        addNodes(nodes, registry)(document);
        if (fix.do === 'add') connect([id, fix.output], [...fix.to])(document);
        else if (wire) {
          const [input] = Object.keys(definition.in);
          const [output] = Object.keys(definition.out);
          if (input === undefined || output === undefined) return;
          connect([...wire.from], [id, input])(document);
          connect([id, output], [...fix.to])(document);
        }
      }
    }
  };
