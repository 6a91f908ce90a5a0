import { wordsOf } from './words-of';

/** Help on a node. */
export const help = wordsOf('help', {
  orMore: (minimum: string) => `${minimum} or more`,
  upTo: (maximum: string) => `up to ${maximum}`,
  atFirst: (value: string) => `at first ${value}`,
  optional: 'may stay unwired',
  gathers: 'takes a whole list',
  lists: 'gives a list',
  parameters: 'What can be set',
  parametersHint: 'Each of these can be shown as a socket, so that a wire or a list sets it.',
  idea: 'The idea it belongs to',
  used: 'Where it is used',
  title: (node: string) => `Help: ${node}`,
  another: 'Help of another node',
  text: 'Text of the help',
  unknown: 'Weft has no node of this type. Its data is kept as it came.',
  takes: 'What it takes',
  gives: 'What it gives',
  also: (templates: string) => `Also in the templates ${templates}.`,
  yes: 'yes',
  no: 'no',
  empty: 'empty',
  or: (kinds: string) => `or ${kinds}`,
});
