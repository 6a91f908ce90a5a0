import { createRoot } from 'react-dom/client';
import { App } from './App';
import { fetchBehind } from './behind';
import { loadGestures } from './canvas/later';
import { startEngine } from './engine/client';
import { restoreSession } from './files/restore';
import { notifyFailure } from './notify';
import { heedAddress } from './share/address';
import { uiStore } from './state/ui-store';
import { keepPageTitle } from './topbar/page-title';

document.documentElement.dataset.theme = uiStore.getState().theme;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(<App />);

keepPageTitle();
void restoreSession()
  .then(heedAddress)
  .then(() => import('./install/install'))
  .then(({ install }) => install())
  .catch(notifyFailure);
startEngine().catch(notifyFailure);
// What keys and gestures do is fetched when the page stands; until then the page says that it is busy.
void Promise.all([
  import('./keyboard/start').then(({ startKeyboard }) => startKeyboard()),
  loadGestures(),
  fetchBehind(),
])
  .catch(notifyFailure)
  .finally(() => root.removeAttribute('aria-busy'));
