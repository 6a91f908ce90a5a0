import { type ComponentType, lazy, Suspense } from 'react';
import type { Kind } from '../../../core/kinds';
import type { PlainValue } from '../../../engine/recording/plain';
import { inspect as words } from '../../text/inspect';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

const TensorView = lazy(() => import('./TensorView'));
const PictureView = lazy(() => import('./PictureView'));
const ScalarView = lazy(() => import('./ScalarView'));
const ModelView = lazy(() => import('./ModelView'));

const views: { readonly [K in Kind]: ComponentType<ViewProps<Plain<K>>> } = {
  text: ScalarView,
  number: ScalarView,
  integer: ScalarView,
  boolean: ScalarView,
  image: PictureView,
  mask: PictureView,
  latent: TensorView,
  prediction: TensorView,
  conditioning: lazy(() => import('./ConditioningView')),
  schedule: lazy(() => import('./ScheduleView')),
  step: lazy(() => import('./StepView')),
  trajectory: lazy(() => import('./TrajectoryView')),
  'text-encoder': ModelView,
  unet: ModelView,
  vae: ModelView,
  controlnet: ModelView,
  embedding: lazy(() => import('./EmbeddingView')),
  lora: ModelView,
};

/** A value as its kind is looked at. */
export function ValueView(props: ViewProps<PlainValue>) {
  const View = views[props.value.kind] as ComponentType<ViewProps<PlainValue>>;
  return (
    <Suspense fallback={<p className={css.note}>{words.loading}</p>}>
      <View {...props} />
    </Suspense>
  );
}
