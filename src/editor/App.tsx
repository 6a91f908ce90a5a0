import { MantineProvider } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { lazy, Suspense, useEffect, useLayoutEffect } from 'react';
import { useStore } from 'zustand';
import css from './App.module.css';
import { onKeyDown } from './all-commands';
import { addMenu } from './behind';
import { Canvas } from './canvas/Canvas';
import { Enlarged } from './canvas/Enlarged';
import { Dialogs } from './dialogs/Dialogs';
import { Find } from './find/Find';
import { Inspector } from './inspector/Inspector';
import { Menus } from './menus/Menus';
import { Palette } from './palette/Palette';
import type { Panel } from './panels/sizes';
import { canvasLeft, holdView } from './panels/steady';
import { usePhone } from './phone/use-phone';
import { scrubStore } from './scrubber/scrub-store';
import { keepingStore } from './state/keeping-store';
import { uiStore } from './state/ui-store';
import { useUi } from './state/use';
import { page } from './text/page';
import { cssVariablesResolver, theme } from './theme';
import { SpokenProgress } from './topbar/Progress';
import { TopBar } from './topbar/TopBar';
import { tourStore } from './tour/tour-store';

const HoverHelp = lazy(() => import('./HoverHelp'));
const Outline = lazy(() => import('./outline/Outline'));
const RunBar = lazy(() => import('./phone/RunBar'));
const Sheet = lazy(() => import('./phone/Sheet'));
const KeepingStrip = lazy(() => import('./keeping/KeepingStrip'));
const Scrubber = lazy(() => import('./scrubber/Scrubber'));
const Separator = lazy(() => import('./panels/Separator'));
const Toasts = lazy(() => import('./Toasts'));
const Tour = lazy(() => import('./tour/Tour'));

/** The edge by which a panel is made larger. */
const edgeOf = (panel: Panel) => (
  <Suspense>
    <Separator panel={panel} />
  </Suspense>
);

const closePanels = () => uiStore.setState({ palette: false, inspector: false });

/** The editor: bar above, palette, canvas and inspector side by side. */
export function App() {
  const { colors, palette, inspector, outline, dropping } = useUi((state) => ({
    colors: state.theme,
    palette: state.palette,
    inspector: state.inspector,
    outline: state.outline,
    dropping: state.dropping,
  }));
  const unusual = useStore(
    keepingStore,
    ({ trouble, unread, followed }) => trouble !== undefined || unread !== undefined || followed.size > 0,
  );
  const steps = useStore(scrubStore, ({ shown }) => shown);
  const touring = useStore(tourStore, ({ step }) => step !== undefined);
  const adding = useUi((state) => state.adding !== undefined);
  const AddMenu = addMenu.part();
  const phone = usePhone();
  // Panels that open and close beside the canvas take from it, or give to it, and move nothing on it.
  const left = canvasLeft();
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the canvas began before is of no other reading
  useLayoutEffect(() => holdView(left), [palette, outline]);
  useEffect(() => {
    document.documentElement.dataset.theme = colors;
  }, [colors]);
  useEffect(() => void import('./subgraph/fill-shelf').then(({ fillShelf }) => fillShelf()), []);
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} forceColorScheme={colors}>
      <ReactFlowProvider>
        <div className={css.app} data-palette={palette} data-inspector={inspector}>
          <TopBar />
          <div className={css.palette} inert={!palette}>
            <Palette edge={phone || edgeOf('palette')} />
          </div>
          {outline && (
            <div className={css.outline}>
              <Suspense>{phone ? <Sheet /> : <Outline edge={edgeOf('outline')} />}</Suspense>
            </div>
          )}
          <div className={css.canvas}>
            <Canvas />
            <Find />
            {unusual && (
              <Suspense>
                <KeepingStrip />
              </Suspense>
            )}
            {dropping && <div className={css.drop}>{page.drop}</div>}
          </div>
          {steps && !phone && (
            <div className={css.steps}>
              <Suspense>
                <Scrubber edge={edgeOf('steps')} />
              </Suspense>
            </div>
          )}
          {phone && (
            <div className={css.run}>
              <Suspense>
                <RunBar />
              </Suspense>
            </div>
          )}
          <div className={css.inspector} inert={!inspector}>
            <Inspector edge={phone || edgeOf('inspector')} />
          </div>
          <button
            type="button"
            className={css.shade}
            aria-label={page.closePanels}
            tabIndex={-1}
            onClick={closePanels}
          />
        </div>
        <SpokenProgress />
        {adding && (
          <Suspense>
            <AddMenu />
          </Suspense>
        )}
        <Menus />
        <Enlarged />
        <Dialogs />
        {touring && (
          <Suspense>
            <Tour />
          </Suspense>
        )}
        <Suspense>
          <HoverHelp />
        </Suspense>
      </ReactFlowProvider>
      <Suspense>
        <Toasts />
      </Suspense>
    </MantineProvider>
  );
}
