import { lazy, Suspense } from 'react';
import { commandPalette } from '../behind';
import { useUi } from '../state/use';

/** Those that are fetched when they are first opened. */
const fetched = {
  compare: lazy(() => import('../compare/CompareDialog')),
  connect: lazy(() => import('../connect/ConnectDialog')),
  export: lazy(() => import('../interop/ExportDialog')),
  film: lazy(() => import('../animation/FilmDialog')),
  form: lazy(() => import('../form/FormDialog')),
  graphs: lazy(() => import('../library/LibraryDialog')),
  'export-picture': lazy(() => import('../share/ExportDialog')),
  history: lazy(() => import('../history/History')),
  help: lazy(() => import('../help/HelpDialog')),
  imported: lazy(() => import('../interop/ImportedDialog')),
  'model-card': lazy(() => import('../words/ModelCard')),
  incoming: lazy(() => import('../share/IncomingDialog')),
  link: lazy(() => import('../share/LinkDialog')),
  models: lazy(() => import('../models/ModelsDialog')),
  profile: lazy(() => import('../profile/ProfileDialog')),
  shortcuts: lazy(() => import('./ShortcutSheet')),
  templates: lazy(() => import('../templates/TemplatesDialog')),
  values: lazy(() => import('../inspect/ValuesDialog')),
  versions: lazy(() => import('../versions/VersionsDialog')),
};
const PaintDialog = lazy(() => import('../paint/PaintDialog'));

/** The dialog that is open, if one is. */
export function Dialogs() {
  const dialog = useUi((state) => state.dialog);
  const painting = useUi((state) => state.painting);
  if (painting)
    return (
      <Suspense>
        <PaintDialog painted={painting} />
      </Suspense>
    );
  if (dialog === 'commands') {
    const CommandPalette = commandPalette.part();
    return (
      <Suspense>
        <CommandPalette />
      </Suspense>
    );
  }
  if (!dialog) return null;
  const Fetched = fetched[dialog];
  return (
    <Suspense>
      <Fetched />
    </Suspense>
  );
}
