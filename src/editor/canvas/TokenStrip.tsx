import type { PromptToken, TokenStrip as Strip } from '../../core/values';
import { useRun } from '../state/use';
import { canvas } from '../text/canvas';
import css from './TokenStrip.module.css';

/** As the prompt has it: without the mark at the end of a word. */
const spelled = ({ text, learned }: PromptToken) => learned?.word ?? text.replace('</w>', '');

const help = ({ text, id, weight, learned }: PromptToken) =>
  learned ? canvas.vector(learned.row + 1, learned.word) : canvas.token(text, id, weight);

function Chips({ strip }: { readonly strip: Strip }) {
  return (
    <>
      {strip.chunks.map((chunk, c) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a chunk is known by its place
        <p key={c} className={css.chunk}>
          {chunk.map((token, i) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a token is known by its place
              key={i}
              className={token.learned ? css.learned : token.text.endsWith('</w>') ? css.word : css.part}
              data-help={help(token)}
              data-help-now=""
            >
              {spelled(token)}
              {token.weight !== 1 && <b>{token.weight.toFixed(2)}</b>}
            </span>
          ))}
          {chunk.length === 0 && <em>{canvas.tokensNone}</em>}
        </p>
      ))}
      {strip.unknown.map((name) => (
        <p key={name} className={css.unknown}>
          {canvas.notFound(name)}
        </p>
      ))}
      {strip.cut && <p className={css.cut}>{canvas.cutOff(strip.cut)}</p>}
    </>
  );
}

/** Which words of the prompt became which tokens, with their weights, and what did not fit. Of one height, full or empty. */
export function TokenStrip({ id }: { readonly id: string }) {
  const outputs = useRun((state) => state.outputs[id]);
  const strips = Object.values(outputs ?? {}).flatMap((summary) => summary.strips ?? []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: nothing here is a field; a section with a name would be a landmark of the page
    <div
      className={`${css.strip} nowheel nodrag`}
      role="group"
      aria-label={canvas.tokens}
      // What can be scrolled must be reached by keyboard: with the arrows from the node, as all that is in it.
      data-stop
      tabIndex={-1}
    >
      {strips.length === 0 && <em>{canvas.tokensLater}</em>}
      {strips.map((strip, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the strip of a range of steps is known by its place
        <Chips key={i} strip={strip} />
      ))}
    </div>
  );
}
