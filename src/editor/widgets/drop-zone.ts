import { type DragEvent, useState } from 'react';

/** What makes a field take what is dropped on it, before the canvas does; `over` while something is held over it. */
export function useDropZone(take: (dropped: DataTransfer) => void) {
  const [over, setOver] = useState(false);
  const hover = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(true);
  };
  return {
    over,
    zone: {
      onDragEnter: hover,
      onDragOver: hover,
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        hover(event);
        setOver(false);
        take(event.dataTransfer);
      },
    },
  };
}
