import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import controls from '../controls.module.css';
import { notifyFailure } from '../notify';
import { models } from '../text/models';
import { leftWords } from '../words';
import { endpointOf, goOn, type Job, removeJob, setToken, stopJob } from './jobs';
import css from './Models.module.css';
import { ofWords, sizeWords } from './size-words';

/** "1.2 of 2.7 GB · 24.0 MB/s · 1 min 3 s left" */
function courseWords({ state, phase, done, total, rate, left }: Job): string {
  const parts = [ofWords(done, total)];
  if (state === 'paused') parts.push(models.paused);
  else if (state === 'running') {
    if (phase === 'checking') parts.push(models.checking);
    if (rate !== undefined) parts.push(models.rate(sizeWords(rate)));
    if (left !== undefined && done < (total ?? 0)) parts.push(models.left(leftWords(left)));
  }
  return parts.join(' · ');
}

/** Asks for a token, for as long as the page is open. */
function TokenForm({ job }: { readonly job: Job }) {
  const id = useId();
  const [token, change] = useState('');
  return (
    <form
      className={css.line}
      onSubmit={(event) => {
        event.preventDefault();
        setToken(endpointOf(job.id) ?? '', token);
        void goOn(job.id).catch(notifyFailure);
      }}
    >
      <label htmlFor={id}>{models.form.token}</label>
      <input
        id={id}
        className={`${controls.input} ${css.input}`}
        type="password"
        autoComplete="off"
        value={token}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <button type="submit" className={controls.button} disabled={!token.trim()}>
        {models.goOn}
      </button>
    </form>
  );
}

/** An import or a download: how far it is, or why it stands still, and what can be done about it. */
export function JobRow({ job }: { readonly job: Job }) {
  const { id, what, name, state, done, total, problem, access } = job;
  const act = (doing: Promise<unknown>) => void doing.catch(notifyFailure);
  const share = total ? done / total : 0;
  return (
    <div className={css.job}>
      <div className={css.jobHead}>
        <b>{name}</b>
        {state !== 'unsupported' && <span className={css.course}>{courseWords(job)}</span>}
        {state === 'running' && what === 'download' && (
          <button type="button" className={controls.icon} aria-label={models.pause(name)} onClick={() => stopJob(id)}>
            <IconPlayerPause size={14} stroke={1.6} aria-hidden />
          </button>
        )}
        {(state === 'paused' || state === 'failed') && (
          <button
            type="button"
            className={controls.icon}
            aria-label={models.goOnWith(name)}
            onClick={() => act(goOn(id))}
          >
            <IconPlayerPlay size={14} stroke={1.6} aria-hidden />
          </button>
        )}
        <button
          type="button"
          className={controls.icon}
          aria-label={models.remove(name)}
          onClick={() => act(removeJob(id))}
        >
          <IconX size={14} stroke={1.6} aria-hidden />
        </button>
      </div>
      {state !== 'unsupported' && (
        <div
          className={css.bar}
          role="progressbar"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(100 * share)}
          aria-valuetext={courseWords(job)}
        >
          <i style={{ transform: `scaleX(${share})` }} />
        </div>
      )}
      {problem && (
        <p className={state === 'failed' ? css.failure : css.hint} role={state === 'failed' ? 'alert' : 'status'}>
          <strong>{problem.what}</strong> {problem.cure}
        </p>
      )}
      {state === 'unsupported' && (
        <div className={css.line}>
          <button type="button" className={controls.button} onClick={() => act(goOn(id))}>
            {models.keepAnyway}
          </button>
        </div>
      )}
      {state === 'failed' && access && <TokenForm job={job} />}
    </div>
  );
}
