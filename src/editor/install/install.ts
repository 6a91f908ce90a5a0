import { deviceStore } from '../engine/client';
import { openGraphFile } from '../files/session';
import { notify, notifyFailure } from '../notify';
import { install as words } from '../text/install';

/** The user wants the new version now. */
let wanted = false;

/** Tells of a version that waits. It takes over when the user says so, or when no tab of this one is open any more. */
function offer(waiting: ServiceWorker) {
  void notify({
    tone: 'warning',
    title: words.update,
    text: words.updateText,
    action: {
      label: words.reload,
      run() {
        wanted = true;
        waiting.postMessage('take over');
      },
    },
  });
}

/** Hands the rest of the files over, and offers threads where the host could not give them. */
function onReady({ active }: ServiceWorkerRegistration) {
  active?.postMessage('keep the rest');
  if (crossOriginIsolated || !deviceStore.getState().name.startsWith('WebAssembly')) return;
  void notify({
    tone: 'warning',
    title: words.threads,
    text: words.threadsText,
    action: { label: words.reload, run: () => location.reload() },
  });
}

/** How often it is looked whether there is a new version, in milliseconds. */
const every = 60 * 60_000;

/** Lets the page open without a network from the next time on, asks before a new version takes its place. */
async function registerWorker(): Promise<void> {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register(new URL('service-worker.js', document.baseURI));
  serviceWorker.addEventListener('controllerchange', () => {
    if (wanted) location.reload();
  });
  if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && serviceWorker.controller) offer(installing);
    });
  });
  setInterval(() => void registration.update().catch(() => {}), every);
  onReady(await serviceWorker.ready);
}

interface LaunchQueue {
  setConsumer(take: (launched: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

/** Opens the graphs that the system hands over, where Weft is installed as an app. */
function takeLaunchedFiles() {
  const { launchQueue } = window as { readonly launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => {
    for (const handle of files) void handle.getFile().then(openGraphFile).catch(notifyFailure);
  });
}

/** What makes an app of the page. To be called when the graphs of the last time are open. */
export function install() {
  takeLaunchedFiles();
  // Without a place for it (a private window, plain HTTP) the page works as before.
  if (import.meta.env.PROD && 'serviceWorker' in navigator) registerWorker().catch(() => {});
}
