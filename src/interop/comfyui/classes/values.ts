import { number, same } from '../bridges';
import { nodeClass } from '../node-class';

/** Nodes that hold one value, and native Weft nodes that are written as ComfyUI's. */
export const values = [
  nodeClass(
    'PrimitiveInt',
    'Int',
    { out: 'INT', widgets: 'value:INT=0!' },
    { type: 'numbers/integer', in: {}, out: ['integer'], widgets: { value: number('value') } },
  ),
  nodeClass(
    'PrimitiveFloat',
    'Float',
    { out: 'FLOAT', widgets: 'value:FLOAT=0' },
    { type: 'numbers/number', in: {}, out: ['number'], widgets: { value: number('value') } },
  ),
  nodeClass(
    'PrimitiveStringMultiline',
    'String (Multiline)',
    { out: 'STRING', widgets: 'value:STRING=""' },
    { type: 'text/prompt', in: {}, out: ['text'], widgets: { value: same('text') } },
  ),
  nodeClass(
    'PrimitiveString',
    'String',
    { out: 'STRING', widgets: 'value:STRING=""' },
    { type: 'text/prompt', in: {}, out: ['text'], widgets: { value: same('text') } },
  ),
  nodeClass('PrimitiveBoolean', 'Boolean', { out: 'BOOLEAN', widgets: 'value:BOOLEAN=false' }),
];
