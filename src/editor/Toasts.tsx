import { Notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

/** The window that is open over all others: what lies outside of it is dimmed, and cannot be pressed. */
const topWindow = (): Element => [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;

/** Where toasts appear: above all, also above a window that is open. */
export default function Toasts() {
  const [place, setPlace] = useState(topWindow);
  useEffect(() => {
    const look = () => setPlace(topWindow);
    const opened = new MutationObserver(look);
    opened.observe(document.body, { attributes: true, attributeFilter: ['open'], subtree: true });
    // A window that React takes away is never closed.
    const gone = new MutationObserver(look);
    if (place.parentElement && place !== document.body) gone.observe(place.parentElement, { childList: true });
    return () => {
      opened.disconnect();
      gone.disconnect();
    };
  }, [place]);
  return createPortal(
    <Notifications withinPortal={false} position="bottom-center" limit={4} zIndex={300} containerWidth={380} />,
    place,
  );
}
