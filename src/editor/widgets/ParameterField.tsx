import { type ComponentType, lazy, memo, Suspense, useCallback } from 'react';
import type { Parameter } from '../../core/parameters';
import { setParameter } from '../document/parameters';
import { edit } from '../state/document-store';
import { useNode } from '../state/node-watch';
import { widgets } from '../text/widgets';
import { portWords } from '../words';
import { OptionField, SwitchField } from './ChoiceField';
import { ExpressionField } from './ExpressionField';
import { FileField } from './FileField';
import type { FieldProps } from './field';
import { ModelField } from './ModelField';
import { NumberField } from './NumberField';
import { PaintingField } from './PaintingField';
import { SeedField } from './SeedField';
import { LinesField, TextField } from './TextField';

const FilesField = lazy(() => import('./FilesField'));

const byWidget: Readonly<Record<NonNullable<Parameter['widget']>, ComponentType<FieldProps>>> = {
  lines: LinesField,
  seed: SeedField,
  model: ModelField,
  file: FileField,
  files: FilesField,
  slider: NumberField,
  expression: ExpressionField,
  painting: PaintingField,
};

function widgetOf({ widget, options, kind }: Parameter): ComponentType<FieldProps> {
  if (widget) return byWidget[widget];
  if (options) return OptionField;
  if (kind === 'boolean') return SwitchField;
  return kind === 'number' || kind === 'integer' ? NumberField : TextField;
}

interface Props {
  readonly node: string;
  readonly parameter: Parameter;
  readonly place: FieldProps['place'];
}

/** The field of a node's parameter; what it is follows from the parameter's schema. */
export const ParameterField = memo(function ParameterField({ node, parameter, place }: Props) {
  const { name } = parameter;
  const value = useNode(node, (graph) => graph.nodes.get(node)?.params[name] ?? parameter.default);
  const label = portWords(name);
  const onChange = useCallback<FieldProps['onChange']>(
    (next, gesture) => edit(widgets.change(label), setParameter(node, name, next), gesture),
    [node, name, label],
  );
  const Widget = widgetOf(parameter);
  return (
    <Suspense>
      <Widget node={node} parameter={parameter} value={value} label={label} place={place} onChange={onChange} />
    </Suspense>
  );
});
