import { IconDownload, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { expandSubgraphs } from '../../engine/expand';
import { chromeTrace } from '../../engine/profile/chrome-trace';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { run } from '../engine/run';
import { download } from '../files/download';
import { definitionsOf } from '../registry';
import { useRun } from '../state/use';
import { common } from '../text/common';
import { profile as words } from '../text/profile';
import { Chart } from './Chart';
import css from './Profile.module.css';
import { profileStore } from './profile-store';
import { Tables } from './Tables';

/** Where the time of the last profiled run went. */
export default function ProfileDialog() {
  const { on, last } = useStore(profileStore);
  const busy = useRun(({ phase }) => phase !== 'idle');
  const titleOf = useMemo(() => {
    const expanded = last && expandSubgraphs(last.graph, definitionsOf(last.graph));
    return (node: string) => expanded?.titleOf(node) ?? node;
  }, [last]);
  const profile = last?.profile;
  const save = () => {
    if (!last) return;
    const text = JSON.stringify(chromeTrace(last.profile, titleOf));
    download(new Blob([text], { type: 'application/json' }), `${last.graph.name || words.title}.profile.json`);
  };
  const start = () => {
    profileStore.setState({ next: true });
    void run();
  };
  return (
    <Dialog label={words.title} className={css.dialog}>
      <div className={frame.head}>
        <h2>{words.title}</h2>
        <button type="button" className={controls.icon} aria-label={words.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={css.tools}>
        <button type="button" className={controls.button} disabled={busy} onClick={start}>
          <IconPlayerPlay size={15} stroke={1.6} aria-hidden />
          {busy ? words.busy : words.runNow}
        </button>
        <label className={css.check}>
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => profileStore.setState({ on: event.currentTarget.checked })}
          />
          {words.always}
        </label>
        <span className={css.grow} />
        {profile && (
          <button type="button" className={controls.button} data-help={words.exportHelp} onClick={save}>
            <IconDownload size={15} stroke={1.6} aria-hidden />
            {words.export}
          </button>
        )}
      </div>
      {!last || !profile ? (
        <p className={css.none}>{words.none}</p>
      ) : (
        <div className={`${css.body} ${controls.scroll}`}>
          <p className={css.summary}>
            {words.summary(last.graph.name || common.untitled, profile.milliseconds, profile.device)}
          </p>
          <Chart key={profile.at} profile={profile} titleOf={titleOf} />
          <Tables profile={profile} titleOf={titleOf} />
          <p className={css.foot}>
            {words.weightsHeld(profile.weights)} {profile.device.startsWith('WebGPU') && words.queued}{' '}
            {profile.leftOut > 0 && words.leftOut(profile.leftOut)}
          </p>
        </div>
      )}
    </Dialog>
  );
}
