/** What the keys do inside the canvas, for the shortcut sheet; `src/editor/keyboard` does it. */
export const canvasKeys: readonly (readonly [title: string, keys: readonly string[]])[] = [
  ['Next node', ['tab']],
  ['Along the wires', ['arrowleft', 'arrowright']],
  ['Sockets and fields of a node, or wires that part', ['arrowup', 'arrowdown']],
  ['Edit; on a socket hold a wire, or wire it', ['enter']],
  ['Back to the node; let a wire go', ['escape']],
  ['Take into the selection, or out of it', ['shift+ ']],
  ['On a socket: add a node there', [' ']],
  ['On a socket: remove its wires', ['delete']],
];
