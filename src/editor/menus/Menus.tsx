import { lazy, Suspense } from 'react';
import { useUi } from '../state/use';

const ContextMenu = lazy(() => import('./ContextMenu'));

/** The context menu, which is fetched when the first one opens. */
export function Menus() {
  const open = useUi((state) => state.menuAt !== undefined);
  return (
    open && (
      <Suspense>
        <ContextMenu />
      </Suspense>
    )
  );
}
