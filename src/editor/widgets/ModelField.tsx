import { lazy, Suspense } from 'react';
import { asModelReference, modelName } from '../../core/model-reference';
import { referenceTo } from '../../storage/models/model-entry';
import { builtIn } from '../models/built-in';
import { missingModel, useModels } from '../models/model-store';
import { uiStore } from '../state/ui-store';
import { widgets } from '../text/widgets';
import { ChoiceField } from './ChoiceField';
import type { FieldProps } from './field';
import css from './widgets.module.css';

const MissingModel = lazy(() => import('../models/MissingModel').then((module) => ({ default: module.MissingModel })));

/** Opens the panel of models in place of choosing one. */
const more = { value: 'more…', title: widgets.moreModels };

/** One of the models that this browser holds, or the one that is built in. */
export function ModelField(props: FieldProps) {
  const { parameter, value, place, onChange } = props;
  const entries = useModels();
  const { accepts = ['checkpoint'] } = parameter;
  const reference = asModelReference(value) ?? '';
  const chosen = typeof reference === 'string' ? reference : reference.hash;
  const fitting = (entries ?? []).filter(({ kind }) => kind !== 'unsupported' && accepts.includes(kind));
  const options = [
    ...builtIn.filter(({ kinds }) => kinds.some((kind) => accepts.includes(kind))),
    ...fitting.map(({ hash, name }) => ({ value: hash, title: name })),
  ];
  const missing = missingModel(value, entries);
  if (!options.some((option) => option.value === chosen))
    options.unshift({
      value: chosen,
      title: missing ? widgets.useAnother : modelName(reference) || widgets.chooseModel,
    });
  const field = (
    <ChoiceField
      {...props}
      value={chosen}
      options={[...options, more]}
      widest={16}
      onChange={(next) => {
        const entry = fitting.find(({ hash }) => hash === next);
        if (next === more.value) uiStore.setState({ dialog: 'models' });
        else onChange(entry ? referenceTo(entry) : next);
      }}
    />
  );
  if (!missing) return field;
  return (
    <div className={css.missing} data-missing>
      <Suspense>
        <MissingModel model={missing} inNode={place === 'node'} />
      </Suspense>
      <span className={css.another}>{field}</span>
    </div>
  );
}
