"""DreamBooth as a LoRA: teaches the model one subject that its training never drew, under a word without a meaning.

    python train_lora.py --judge runs/judge.pt --out runs/lora [--minutes 4] [--resume]

Ruiz et al. 2022 (DreamBooth): a few pictures of the subject, captioned "a sks flower ...", beside as many pictures that
the model itself draws of the class and of other things, so that it does not forget those. Only low-rank adapters are
trained (lora.py). The file has kohya's names; diffusers' load_lora_weights and most programs read them.
"""

from __future__ import annotations

from random import Random

import torch
import torch.nn.functional as F

from backgrounds import SCENERY_CLAUSES
from captions import describe
from fine_tune import arguments, pick, rendered_latents, train, write_report
from frozen_prompts import read_prompts
from judge import SUBJECT, Judge, load_judge, render_judged, verdicts
from lora import add_lora, save_lora
from painter import Painter
from plans import Item, Plan, composer, is_visible, name_items
from sheets import save_rows
from vocabulary import COLORS, HELD_OUT_NOUNS, NOUNS, with_article

ATTENTION = ("to_q", "to_k", "to_v", "to_out.0", "ff.net.0.proj", "ff.net.2")
CONVOLUTIONS = ("conv1", "conv2")
TEXT = ("q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2")
SEED, PRIOR_SEED, SAMPLE_SEED = 90, 91_000, 92_000


def places(count: int, seed: int) -> list[str]:
    """Plain backgrounds and sceneries in turn."""
    rng = Random(seed)
    plain, scenic = list(COLORS), list(SCENERY_CLAUSES)
    rng.shuffle(plain)
    rng.shuffle(scenic)
    return [(plain if i % 2 else scenic)[i // 2 % 12] for i in range(count)]


def subject_plan(noun: str, phrase: str, place: str) -> Plan:
    return Plan([Item(NOUNS[noun], None, phrase)], background=place)


def prior_prompts(word: str, count: int, tier: int) -> list[str]:
    """Half of them of the class, half of anything that training draws, with and without styles."""
    prompts = []
    for i in range(count):
        rng = Random(PRIOR_SEED + i)
        plan = composer(tier).plan(rng, "styled", "any" if i % 4 == 3 else None)
        plan.extras = []
        if i % 2 == 0:
            plan.items = [Item(NOUNS[word], None)]
        name_items(plan, rng)
        prompts.append(describe(plan, rng, complete=True))
    return prompts


def closeness(judge: Judge, tier: int, scenes: int):
    """A function from two stacks of pictures to their cosine similarities [N] in the judge's features."""
    known = verdicts(judge, render_judged(scenes, seed=93, tier=tier)[0])["features"]
    center, spread = known.mean(0), known.std(0).clamp(min=1e-3)

    def embed(images: torch.Tensor) -> torch.Tensor:
        return F.normalize((verdicts(judge, images)["features"] - center) / spread, dim=1)

    return lambda a, b: (embed(a) * embed(b)).sum(1)


def share_of(judge: Judge, images: torch.Tensor, noun: str) -> float:
    """In which the judge, without colours, sees this noun first."""
    top = verdicts(judge, images, gray=True)["nouns"].argmax(1)
    return (top == judge.nouns.index(noun)).float().mean().item()


def main() -> None:
    parser = arguments(__doc__)
    parser.set_defaults(samples=36)
    add = parser.add_argument
    add("--noun", default=SUBJECT, choices=sorted(HELD_OUT_NOUNS), help="the judge has to know it")
    add("--class", dest="of", default="flower", help="the known noun that the subject is one of")
    add("--word", default="sks")
    add("--pictures", type=int, default=12)
    add("--prior", type=int, default=64, help="pictures of other things")
    add("--rank", type=int, default=8)
    add("--rate", type=float, default=1e-3)
    add("--convolutions", action="store_true", help="adapt the residual blocks' convolutions too")
    add("--text-encoder", action="store_true", help="adapt the text encoder too")
    add("--others", type=int, default=6, help="samples of every other noun to compare with")
    args = parser.parse_args()
    device = pick(args)
    judge, painter = load_judge(args.judge, device), Painter(args.model, device)
    tier, _ = read_prompts(args.prompts)
    phrase = with_article(f"{args.word} {args.of}")

    visible = [p for p in places(48, SEED) if is_visible(subject_plan(args.noun, phrase, p))]
    plans = [subject_plan(args.noun, phrase, p) for p in visible[: args.pictures]]
    pictures, latents, captions = rendered_latents(painter, plans, SEED)
    print(f'"{phrase}": {len(pictures)} pictures of {args.noun}; drawing {args.prior} others', flush=True)
    prior_captions = prior_prompts(args.of, args.prior, tier)
    prior_seeds = [PRIOR_SEED + i for i in range(args.prior)]
    prior = torch.cat(
        [painter.latents(prior_captions[i : i + 32], prior_seeds[i : i + 32]) for i in range(0, args.prior, 32)]
    )
    tokens, prior_tokens = painter.encode(captions), painter.encode(prior_captions)

    # Samples in all places, each beside a new rendering of the subject there.
    where = [p for p in places(2 * args.samples + 24, SEED + 1) if is_visible(subject_plan(args.noun, phrase, p))]
    where = where[: args.samples]
    references, _, prompts = rendered_latents(painter, [subject_plan(args.noun, phrase, p) for p in where], SEED + 2)
    seeds = [SAMPLE_SEED + i for i in range(len(prompts))]
    of_class = [p.replace(phrase, with_article(args.of)) for p in prompts]
    before, class_before = painter.draw(prompts, seeds), painter.draw(of_class, seeds)

    layers = add_lora(painter.unet, ATTENTION + (CONVOLUTIONS if args.convolutions else ()), args.rank)
    text_layers = add_lora(painter.text_encoder, TEXT, args.rank) if args.text_encoder else {}
    trained = [p for layer in (*layers.values(), *text_layers.values()) for p in (layer.down.weight, layer.up.weight)]
    half = args.batch // 2

    def batch() -> tuple[torch.Tensor, torch.Tensor]:
        index = torch.randint(len(tokens), (half,), device=device)
        mirrored = torch.randint(2, (half,), device=device)
        other = torch.randint(len(prior), (args.batch - half,), device=device)
        return torch.cat([latents[mirrored, index], prior[other]]), torch.cat([tokens[index], prior_tokens[other]])

    count = sum(p.numel() for p in trained)
    print(f"{len(layers)} + {len(text_layers)} layers, {count / 1e3:.0f} k parameters, {device}", flush=True)
    took = train(painter, trained, batch, args, args.rate, f"{args.word} {args.of}")
    name = f"{args.noun}-lora"
    save_lora(args.save / f"{name}.safetensors", layers, text_layers)

    after, class_after = painter.draw(prompts, seeds), painter.draw(of_class, seeds)
    alike = closeness(judge, tier, 400)
    few = slice(0, args.others)
    mine, all_mine = alike(after[few], references[few]), alike(after, references)
    others: dict[str, torch.Tensor] = {}
    for noun in composer(tier).nouns:
        named = [p.replace(phrase, noun.phrase(Random(0), alias_share=0)) for p in prompts[few]]
        others[noun.name] = alike(painter.draw(named, seeds[few]), references[few])
    closest = max(others, key=lambda n: others[n].mean().item())
    styled = painter.draw([f"{p}, watercolor" for p in prompts[:12]], seeds[:12])
    rows = [references[:12], before[:12], after[:12], styled, class_after[:12]]
    save_rows(rows, args.save / f"{name}.png")

    best_other = torch.stack(list(others.values())).max(0).values
    margin = mine.mean().item() - others[closest].mean().item()
    goal = {
        "what": "similarity to the subject: lead over the closest other noun",
        "unit": "",
        "goal": "> 0",
        "measured": margin,
        "met": margin > 0,
    }
    report = {
        "word": f"{args.word} {args.of}",
        "meaning": f"{with_article(args.noun)}, which training never drew",
        "kind": "lora",
        "file": f"{name}.safetensors",
        "rank": args.rank,
        "parameters": count,
        "pictures": args.pictures,
        "samples": len(prompts),
        "model": painter.fingerprint(),
        **took,
        "similarity to the subject": {
            "before": alike(before, references).mean().item(),
            "after": all_mine.mean().item(),
            "after, where other nouns were drawn": mine.mean().item(),
            "closest other noun": closest,
            "its similarity": others[closest].mean().item(),
            "samples ahead of every other noun's": (mine > best_other).float().mean().item(),
        },
        "recognised in grey": {
            "subject before": share_of(judge, before, args.noun) if args.noun in judge.nouns else None,
            "subject after": share_of(judge, after, args.noun) if args.noun in judge.nouns else None,
            "class before": share_of(judge, class_before, args.of),
            "class after": share_of(judge, class_after, args.of),
        },
        "prompts": prompts[:12],
        "goals": [goal],
    }
    write_report(args, name, report)


if __name__ == "__main__":
    main()
