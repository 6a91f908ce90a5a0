import { type Graph, recomputed, type Value } from '../src/onnx/graph';
import { add } from '../src/onnx/ops/add';
import { attention } from '../src/onnx/ops/attention';
import { type Additions, Parameters, type Weights } from '../src/onnx/weights';
import { activate } from './blocks/activation';
import { layerNorm, linear } from './blocks/layers';
import type { ClipTextConfig } from './clip-text-config';

const TOKEN_EMBEDDING = 'embeddings.token_embedding.weight';

/** transformers 4 and every Stable Diffusion file put `text_model.` before the names; transformers 5 does not. */
function rootOf(weights: Weights): '' | 'text_model' {
  return weights.shape(`text_model.${TOKEN_EMBEDDING}`) ? 'text_model' : '';
}

/** The table whose rows are the vectors of tokens, `[vocabulary, width]`. */
export function tokenEmbeddingName(weights: Weights): string {
  return [rootOf(weights), TOKEN_EMBEDDING].filter((part) => part !== '').join('.');
}

/**
 * transformers' `CLIPTextModel` from token embeddings on, https://arxiv.org/abs/2103.00020 section 2.4.
 * Input: `embeddings` `[1, length, width]`. Output: `hidden` of the same shape, what the layer `clipSkip` from the end gives,
 * after the final norm.
 */
export function buildClipText(
  graph: Graph,
  weights: Weights,
  config: ClipTextConfig,
  clipSkip: number,
  additions?: Additions,
): void {
  const { hidden_size: width, max_position_embeddings: length } = config;
  const embeddings = graph.input('embeddings', [1, length, width]);
  graph.output('hidden', clipText(embeddings, weights, config, clipSkip, additions));
}

/** Embeddings `[n, length, width]` to hidden states of the same shape, see `buildClipText`. */
export function clipText(
  embeddings: Value,
  weights: Weights,
  config: ClipTextConfig,
  clipSkip: number,
  additions?: Additions,
): Value {
  const { hidden_size: width, max_position_embeddings: length } = config;
  const parameters = new Parameters(embeddings.graph, weights, rootOf(weights), additions);
  const positions = parameters.at('embeddings.position_embedding').take('weight', [length, width]);
  let hidden = add(embeddings, positions);
  for (let layer = 0; layer <= config.num_hidden_layers - clipSkip; layer += 1) {
    hidden = recomputed(embeddings.graph, 'block', () =>
      clipLayer(hidden, parameters.at('encoder.layers').at(layer), config),
    );
  }
  return layerNorm(hidden, parameters.at('final_layer_norm'), config.layer_norm_eps);
}

function clipLayer(x: Value, parameters: Parameters, config: ClipTextConfig): Value {
  const { hidden_size: width, layer_norm_eps: epsilon, num_attention_heads: heads } = config;
  const normal = layerNorm(x, parameters.at('layer_norm1'), epsilon);
  const project = (value: Value, name: string) => linear(value, parameters.at('self_attn').at(name), width);
  const seen = attention(project(normal, 'q_proj'), project(normal, 'k_proj'), project(normal, 'v_proj'), {
    heads,
    causal: true,
  });
  const attended = add(x, project(seen, 'out_proj'));
  const wide = linear(
    layerNorm(attended, parameters.at('layer_norm2'), epsilon),
    parameters.at('mlp.fc1'),
    config.intermediate_size,
  );
  return add(attended, linear(activate(wide, config.hidden_act), parameters.at('mlp.fc2'), width));
}
