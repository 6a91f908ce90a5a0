import type { PredictionChoice } from '../src/core/prediction-parameter';
import type { NoiseSchedule, PredictionType } from '../src/core/sampler-table';
import type { Weights } from '../src/onnx/weights';

export interface TrainedFor {
  readonly predictionType: PredictionType;
  readonly noiseSchedule: NoiseSchedule;
  /** For people: where it was guessed, how. */
  readonly note?: string;
}

/** The noise of all Stable Diffusion models (v1-inference.yaml, v2-inference-v.yaml), as diffusers writes it down. */
const NOISE: NoiseSchedule = {
  trainTimesteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
  betaSchedule: 'scaled_linear',
  setAlphaToOne: false,
  stepsOffset: 1,
};

/** Steps after which SD 2 base, which predicts noise, was saved; diffusers knows it by them. */
const STEPS_OF_SD2_BASE = '875000';
/** ComfyUI (model_detection of SD 2): above this spread the model predicts v. */
const SPREAD_OF_V = 0.09;

/**
 * What a UNet predicts, and with which noise it was trained, where no scheduler_config.json says so. In order: the user's
 * choice; the marks `v_pred` and `ztsnr` that trainers put among the tensors; the metadata of modelspec
 * (https://github.com/Stability-AI/ModelSpec); and for SD 2, whose models of 768 pixels predict v and whose others predict
 * noise, the rule of ComfyUI: the biases of a norm in the last attention vary more in the former. `unet` has diffusers' names.
 */
export function trainedFor(
  unet: Weights,
  {
    choice,
    family,
    names,
    metadata,
  }: {
    readonly choice: PredictionChoice;
    readonly family: 'sd1' | 'sd2';
    /** All tensors of the file, under the names they have there. */
    readonly names: { has(name: string): boolean };
    readonly metadata: Readonly<Record<string, string>>;
  },
): TrainedFor {
  const noiseSchedule = names.has('ztsnr') ? { ...NOISE, rescaleBetasZeroSnr: true } : NOISE;
  if (choice !== 'auto') return { predictionType: choice, noiseSchedule };
  if (names.has('v_pred')) return { predictionType: 'v_prediction', noiseSchedule };
  const told = metadata['modelspec.prediction_type'];
  if (told !== undefined && /^(epsilon|eps)/i.test(told)) return { predictionType: 'epsilon', noiseSchedule };
  if (told !== undefined && /^v/i.test(told)) return { predictionType: 'v_prediction', noiseSchedule };
  if (/-768-v\b/.test(metadata['modelspec.architecture'] ?? ''))
    return { predictionType: 'v_prediction', noiseSchedule };
  if (family === 'sd1' || metadata.global_step === STEPS_OF_SD2_BASE || unet.shape('conv_in.weight')?.[1] === 9) {
    return { predictionType: 'epsilon', noiseSchedule };
  }
  const predictionType = spreadOfLastNorm(unet) > SPREAD_OF_V ? 'v_prediction' : 'epsilon';
  const guess = predictionType === 'epsilon' ? 'the noise' : 'v';
  const note =
    `The file does not say what the UNet predicts; its weights look like those of a model that predicts ${guess}. ` +
    'If pictures are noise or grey, choose the other one at the loader’s "prediction".';
  return { predictionType, noiseSchedule, note };
}

/** Standard deviation of the biases of the first norm in the last attention, `output_blocks.11.1` of LDM. */
function spreadOfLastNorm(unet: Weights): number {
  const last = [...unet.names]
    .flatMap((name) => {
      const [, block, attention] =
        /^up_blocks\.(\d+)\.attentions\.(\d+)\.transformer_blocks\.0\.norm1\.bias$/.exec(name) ?? [];
      return block === undefined ? [] : [{ name, order: Number(block) * 1000 + Number(attention) }];
    })
    .reduce((most, at) => (at.order > most.order ? at : most), { name: '', order: -1 });
  if (last.order < 0) return 0;
  const biases = unet.read(last.name);
  const mean = biases.reduce((sum, value) => sum + value, 0) / biases.length;
  return Math.sqrt(biases.reduce((sum, value) => sum + (value - mean) ** 2, 0) / biases.length);
}
