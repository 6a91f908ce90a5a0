import { notifications } from '@mantine/notifications';
import { useStore } from 'zustand';
import frame from '../notify.module.css';
import { uiStore } from '../state/ui-store';
import { JobRow } from './JobRow';
import { jobsStore } from './jobs';

function Toast({ id }: { readonly id: string }) {
  const job = useStore(jobsStore, ({ jobs }) => jobs.find((one) => one.id === id));
  return <div className={frame.toast}>{job && <JobRow job={job} />}</div>;
}

const idOf = (id: string) => `job ${id}`;

/** Jobs that end sooner, in milliseconds, need no toast. */
const soon = 800;

/** Shows a job in a toast for as long as it runs, unless the panel of models is open and shows it. */
export function followInToast(id: string) {
  const runs = () => jobsStore.getState().jobs.some((job) => job.id === id && job.state === 'running');
  setTimeout(() => {
    if (!runs() || uiStore.getState().dialog === 'models') return;
    notifications.show({
      id: idOf(id),
      message: null,
      role: 'status',
      autoClose: false,
      renderNotification: () => <Toast id={id} />,
    });
    const end = jobsStore.subscribe(() => {
      if (runs()) return;
      end();
      notifications.hide(idOf(id));
    });
  }, soon);
}
