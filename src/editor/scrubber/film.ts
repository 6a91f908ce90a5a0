import type { Picture } from '../../engine/events';
import type { PictureAddress } from '../../engine/recording/address';
import { enlarged } from '../animation/enlarged';
import { countedAxis, openFilm } from '../animation/open';
import { engine } from '../engine/client';
import { recordedPicture } from '../engine/recorded';
import { wholeDocument } from '../state/document-store';
import { film as words } from '../text/film';

/** A latent has at most so many cells on a side in a film that no autoencoder drew. */
const most = 512;

/** Opens a film of the steps of a zone as the strip shows them: through the VAE where that can be, and else as colours. */
export function filmSteps(title: string, view: Omit<PictureAddress, 'evaluation'>, count: number): void {
  const document = wholeDocument();
  const decoded = (evaluation: number) => recordedPicture({ ...view, evaluation });
  // The last step is always held whole; what it is drawn by, all are, so that they have one size.
  let decodes: Promise<Picture | undefined> | undefined;
  openFilm({
    title,
    from: document,
    axes: [
      countedAxis(
        words.step,
        Array.from({ length: count }, (_, i) => words.atStep(i + 1)),
      ),
    ],
    count,
    async picture(evaluation) {
      decodes ??= view.minus ? Promise.resolve(undefined) : decoded(count - 1);
      if (await decodes) return decoded(evaluation);
      const [small] = await engine.previewsOf(document.id, [{ ...view, evaluation }], most);
      return small && enlarged(small);
    },
  });
}
