"""A critic of small patches, so that the decoder draws texture where squared error alone would draw its mean.

As the autoencoder of latent diffusion was trained (Rombach et al. 2022, appendix G; Esser et al. 2021, section 3.1):
hinge losses, and the critic's share of the decoder's gradient held at a fixed part of the reconstruction's.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm


def _layer(inputs: int, outputs: int, kernel: int, stride: int) -> nn.Module:
    return spectral_norm(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2 - (kernel % 2 == 0)))


class PatchCritic(nn.Module):
    """[N, 3, H, W] in -1..1 to scores [N, 1, H/8, W/8]; each score sees 38 x 38 pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _layer(3, 32, 4, 2),
            nn.LeakyReLU(0.2, inplace=True),
            _layer(32, 64, 4, 2),
            nn.LeakyReLU(0.2, inplace=True),
            _layer(64, 128, 4, 2),
            nn.LeakyReLU(0.2, inplace=True),
            _layer(128, 1, 3, 1),
        )

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.layers(pixels)


class Critique:
    """Trains the critic on each batch and gives the loss that a decoder gets from it.

    `weight` is the critic's gradient at the decoder's last layer, as a part of the reconstruction's gradient there.
    """

    def __init__(self, weight: float, last_layer: nn.Parameter, device: torch.device) -> None:
        self.weight, self.last_layer = weight, last_layer
        self.critic = PatchCritic().to(device, memory_format=torch.channels_last)
        self.optimizer = torch.optim.Adam(self.critic.parameters(), lr=4e-4, betas=(0.5, 0.9))
        self.margin = 0.0

    def learn(self, output: torch.Tensor, target: torch.Tensor) -> None:
        """One step of the critic: pictures above 1, reconstructions below -1."""
        real, fake = self.critic(target).float(), self.critic(output.detach()).float()
        loss = 0.5 * (F.relu(1 - real).mean() + F.relu(1 + fake).mean())
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.margin = 0.99 * self.margin + 0.01 * (real.mean() - fake.mean()).item()

    def loss(self, output: torch.Tensor, reconstruction: torch.Tensor, share: float) -> torch.Tensor:
        """`share` 0..1 of the weight, for a slow beginning."""
        self.critic.requires_grad_(False)
        liked = -self.critic(output).float().mean()
        self.critic.requires_grad_(True)
        (wanted,) = torch.autograd.grad(reconstruction, self.last_layer, retain_graph=True)
        (given,) = torch.autograd.grad(liked, self.last_layer, retain_graph=True)
        balance = (wanted.norm() / (given.norm() + 1e-4)).clamp(max=1e4).detach()
        return self.weight * share * balance * liked
