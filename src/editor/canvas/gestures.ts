/** What hands do on the canvas; loaded when the user first comes near it. */
export { moved } from './carry';
export { addRerouteAt } from './led-wire';
export { beginDrag, endDrag, onDrag } from './node-drag';
export { pullAll, pulledWith } from './pull-all';
export { onDoublePress, onTap, onTouchStart } from './touch';
export { dropWire, plugInto, refuse } from './wire-drop';
