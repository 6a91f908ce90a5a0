import { IconCloudDown, IconSearch } from '@tabler/icons-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { type Problem, problemOf } from '../../core/problem';
import { readAddress, readEndpoint, usualEndpoint } from '../../storage/hub/address';
import { AccessProblem } from '../../storage/hub/answers';
import { type Offer, repositoryOffers, webOffer } from '../../storage/hub/offers';
import { openRepository } from '../../storage/hub/repository';
import controls from '../controls.module.css';
import { notifyFailure } from '../notify';
import { models } from '../text/models';
import { download, setToken, tokenFor } from './jobs';
import css from './Models.module.css';
import { panelStore } from './model-store';
import { sizeWords } from './size-words';

const endpointKey = 'weft-hub';

function keptEndpoint(): string {
  try {
    return localStorage.getItem(endpointKey) ?? usualEndpoint;
  } catch {
    return usualEndpoint;
  }
}

function keepEndpoint(endpoint: string) {
  try {
    localStorage.setItem(endpointKey, endpoint);
  } catch {
    // Storage is off; the mirror lasts until the page is closed.
  }
}

interface Found {
  /** What the offers are of. */
  readonly title: string;
  readonly note: string;
  readonly offers: readonly Offer[];
}

/** Looks up what an address offers. Only now is anything fetched. */
async function look(text: string, endpoint: string, signal: AbortSignal): Promise<Found> {
  const address = readAddress(text, endpoint);
  if (address.on === 'web') {
    const offer = webOffer(address);
    const { host } = new URL(address.url);
    return {
      title: host,
      note: address.sha256 ? models.form.hashKnown : models.form.hashUnknown,
      offers: [offer],
    };
  }
  const repository = await openRepository(address, { signal, token: tokenFor(address.endpoint) });
  const offers = repositoryOffers(address, repository);
  const license = repository.license ? models.form.license(repository.license) : '';
  return {
    title: address.repo,
    note:
      offers.length > 0
        ? models.form.listed(license)
        : address.path === undefined
          ? models.form.noModel
          : models.form.noFile(address.path),
    offers,
  };
}

/** Finds a model on the Hugging Face Hub, or a file elsewhere, and downloads it. */
export function DownloadForm({ onBegun }: { readonly onBegun: () => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const asked = panelStore.getState().address;
  const [text, setText] = useState(asked ?? '');
  const [mirror, setMirror] = useState(keptEndpoint);
  const [token, changeToken] = useState('');
  const [found, setFound] = useState<Found>();
  const [chosen, setChosen] = useState('');
  const [problem, setProblem] = useState<Problem & { access?: boolean }>();
  const [looking, setLooking] = useState<AbortController>();
  useEffect(() => field.current?.focus(), []);

  async function search(event?: FormEvent) {
    event?.preventDefault();
    looking?.abort();
    const stop = new AbortController();
    setLooking(stop);
    setProblem(undefined);
    setFound(undefined);
    try {
      const endpoint = readEndpoint(mirror);
      keepEndpoint(endpoint);
      if (token) setToken(endpoint, token);
      const answer = await look(text, endpoint, stop.signal);
      if (stop.signal.aborted) return;
      setFound(answer);
      setChosen(answer.offers[0]?.id ?? '');
    } catch (thrown) {
      if (!stop.signal.aborted) setProblem({ ...problemOf(thrown), access: thrown instanceof AccessProblem });
    } finally {
      if (!stop.signal.aborted) setLooking(undefined);
    }
  }

  // Whoever pressed Download at a missing model has asked for it already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form appears
  useEffect(() => {
    if (asked === undefined) return;
    panelStore.setState({ address: undefined });
    void search();
  }, []);

  const offer = found?.offers.find((one) => one.id === chosen);
  const begin = () => {
    if (!offer) return;
    download(offer.order).catch(notifyFailure);
    onBegun();
  };
  return (
    <section className={css.get} aria-label={models.form.title}>
      <form className={css.line} onSubmit={(event) => void search(event)}>
        <input
          ref={field}
          className={`${controls.input} ${css.input}`}
          aria-label={models.form.address}
          placeholder={models.form.addressHint}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" className={controls.button} disabled={!text.trim() || looking !== undefined}>
          <IconSearch size={14} stroke={1.6} aria-hidden />
          {looking ? models.form.looking : models.form.look}
        </button>
      </form>
      {problem && (
        <p className={css.failure} role="alert">
          <strong>{problem.what}</strong> {problem.cure}
        </p>
      )}
      {found && (
        <>
          <fieldset className={css.choices}>
            <legend>
              <span className={css.title}>{found.title}</span> · {found.note}
            </legend>
            {found.offers.map(({ id: one, title, size }) => (
              <label key={one}>
                <input type="radio" name={id} value={one} checked={one === chosen} onChange={() => setChosen(one)} />
                <span>{title}</span>
                {size !== undefined && <em>{sizeWords(size)}</em>}
              </label>
            ))}
          </fieldset>
          {offer && (
            <div className={css.line}>
              <button type="button" className={controls.button} onClick={begin}>
                <IconCloudDown size={14} stroke={1.6} aria-hidden />
                {offer.size === undefined ? models.form.download : models.form.downloadSize(sizeWords(offer.size))}
              </button>
            </div>
          )}
        </>
      )}
      <details className={css.more} open={problem?.access || undefined}>
        <summary>{models.form.tokenAndMirror}</summary>
        <div className={css.pair}>
          <label htmlFor={`token ${id}`}>{models.form.token}</label>
          <input
            id={`token ${id}`}
            className={`${controls.input} ${css.input}`}
            type="password"
            autoComplete="off"
            placeholder={models.form.tokenHint}
            value={token}
            onChange={(event) => changeToken(event.currentTarget.value)}
          />
          <label htmlFor={`mirror ${id}`}>{models.form.hub}</label>
          <input
            id={`mirror ${id}`}
            className={`${controls.input} ${css.input}`}
            spellCheck={false}
            value={mirror}
            onChange={(event) => setMirror(event.currentTarget.value)}
          />
        </div>
      </details>
    </section>
  );
}
