import { useStore } from 'zustand';
import { useShallow } from 'zustand/shallow';
import { documentStore } from '../state/document-store';
import { scrubber as words } from '../text/scrubber';
import { portWords } from '../words';
import { SmallPicture } from './SmallPicture';
import css from './StepPictures.module.css';
import { scrubStore } from './scrub-store';

/** An instance of a subgraph shows at most so many of what its nodes made. */
const most = 4;

/** What a node made at the step that is looked at, below it. */
export default function StepPictures({ id }: { readonly id: string }) {
  const step = useStore(scrubStore, (state) => state.step);
  const pictures = useStore(
    scrubStore,
    useShallow(({ pictures }) => {
      const own = [...documentStore.getState().path, id].join('/');
      const found = [...pictures].filter(([name]) => name.startsWith(`${own} `) || name.startsWith(`${own}/`));
      return found.slice(0, most).flat();
    }),
  );
  if (step === undefined || pictures.length === 0) return null;
  const pairs = Array.from({ length: pictures.length / 2 }, (_, i) => {
    return [pictures[2 * i] as string, pictures[2 * i + 1] as Parameters<typeof SmallPicture>[0]['picture']] as const;
  });
  return (
    <div className={css.pictures}>
      {pairs.map(([name, picture]) => {
        const port = portWords(name.slice(name.indexOf(' ') + 1));
        return (
          <figure key={name}>
            <SmallPicture picture={picture} label={words.pictureOf(port, step + 1)} />
            <figcaption>{port}</figcaption>
          </figure>
        );
      })}
    </div>
  );
}
