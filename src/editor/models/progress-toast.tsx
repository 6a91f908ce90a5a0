import { notifications } from '@mantine/notifications';
import { useStore } from 'zustand';
import frame from '../notify.module.css';
import { uiStore } from '../state/ui-store';
import { JobRow } from './JobRow';
import { jobsStore } from './jobs';

function Toast({ id }: { readonly id: string }) {
  const job = useStore(jobsStore, ({ jobs }) => jobs.find((one) => one.id === id));
  return <div className={frame.toast}>{job?.state === 'running' && <JobRow job={job} />}</div>;
}

const toastId = (id: string) => `job ${id}`;

/** Jobs that end sooner, in milliseconds, need no toast. */
const soon = 800;

/** When the jobs began that run, by `performance.now()`. */
const begun = new Map<string, number>();
const shown = new Set<string>();

/** Shows each job that runs in a toast, unless the panel of models is open and shows them all. */
function update() {
  const now = performance.now();
  const running = jobsStore.getState().jobs.flatMap(({ id, state }) => (state === 'running' ? [id] : []));
  for (const id of running)
    if (!begun.has(id)) {
      begun.set(id, now);
      setTimeout(update, soon);
    }
  for (const id of begun.keys()) if (!running.includes(id)) begun.delete(id);
  const wanted = new Set(
    uiStore.getState().dialog === 'models' ? [] : running.filter((id) => now - (begun.get(id) ?? now) >= soon - 1),
  );
  for (const id of shown)
    if (!wanted.has(id)) {
      shown.delete(id);
      notifications.hide(toastId(id));
    }
  for (const id of wanted)
    if (!shown.has(id)) {
      shown.add(id);
      notifications.show({
        id: toastId(id),
        message: null,
        role: 'status',
        autoClose: false,
        renderNotification: () => <Toast id={id} />,
      });
    }
}

let watching = false;

/** Shows running jobs wherever the user is, from now on. */
export function showJobsInToasts() {
  if (watching) return;
  watching = true;
  jobsStore.subscribe(update);
  uiStore.subscribe(({ dialog }, before) => dialog !== before.dialog && update());
  update();
}
