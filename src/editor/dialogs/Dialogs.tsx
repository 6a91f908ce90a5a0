import { lazy, Suspense } from 'react';
import { useUi } from '../state/use';
import { CommandPalette } from './CommandPalette';
import { GraphsDialog } from './GraphsDialog';
import { ShortcutSheet } from './ShortcutSheet';

const ConnectDialog = lazy(() => import('../connect/ConnectDialog'));
const ModelCard = lazy(() => import('../words/ModelCard'));
const ModelsDialog = lazy(() => import('../models/ModelsDialog'));

/** The dialog that is open, if one is. */
export function Dialogs() {
  const dialog = useUi((state) => state.dialog);
  if (dialog === 'commands') return <CommandPalette />;
  if (dialog === 'graphs') return <GraphsDialog />;
  if (dialog === 'connect')
    return (
      <Suspense>
        <ConnectDialog />
      </Suspense>
    );
  if (dialog === 'model-card')
    return (
      <Suspense>
        <ModelCard />
      </Suspense>
    );
  if (dialog === 'models')
    return (
      <Suspense>
        <ModelsDialog />
      </Suspense>
    );
  return dialog === 'shortcuts' && <ShortcutSheet />;
}
