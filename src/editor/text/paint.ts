import { wordsOf } from './words-of';

/** Painting in a picture. */
export const paint = wordsOf('paint', {
  paint: 'Paint',
  undo: 'Undo',
  redo: 'Redo',
  zoomOut: 'Zoom out',
  zoom: 'Zoom',
  zoomIn: 'Zoom in',
  fit: 'Fit',
  discard: 'Discard',
  done: 'Done',
  tools: {
    brush: 'Brush',
    eraser: 'Eraser',
    fill: 'Fill',
    line: 'Line',
    rectangle: 'Rectangle',
    ellipse: 'Ellipse',
  },
  painting: 'Painting',
  tool: 'Tool',
  colour: 'Colour',
  size: 'Size',
  hardness: 'Hardness',
  tolerance: 'Tolerance',
  opacity: 'Opacity',
  showPainting: 'Show painting',
  pressure: 'Pen pressure sets the width',
  invert: 'Invert',
  clear: 'Clear',
  stage: 'Canvas. Arrow keys move a brush, with Shift by single pixels; Enter begins and ends to draw.',
});
