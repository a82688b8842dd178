"""One Adam step of the Corridors baseline in PyTorch eager: the peer that `npm run bench` measures Narrows against.

Reads one JSON request a line and answers each with one JSON line, so that rounds alternate without loading torch
again. The first answer, before any request, is {"torch": version}. A request is
{"threads": 2, "steps": 20, "warmup": 3, "channelsLast": true, "adam": "fused"}; its answer is
{"milliseconds": of the median step, "loss": of the last step}, or {"error": text}.

Fair to PyTorch: data and orders are made beforehand, nothing is read back but the last loss, gradients are set to
None, and the caller tries every memory layout and form of Adam and takes the fastest.
"""

import json
import statistics
import sys
import time

import torch
from torch import nn

BATCH = 64
IMAGES = 8192
CAPACITY, GAMMA, WEIGHT = 10.0, 300.0, 0.0003


class BetaVae(nn.Module):
    """The baseline: 13x13 -> 6x6x32 -> 3x3x64 -> 2x2x256 -> 5 dimensions, and its mirror image."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 32, 4, 2, 1),
            nn.LeakyReLU(0.01),
            nn.Conv2d(32, 64, 3, 2, 1),
            nn.LeakyReLU(0.01),
            nn.Conv2d(64, 256, 3, 2, 1),
            nn.LeakyReLU(0.01),
        )
        self.posterior = nn.Linear(1024, 10)
        self.spread = nn.Linear(5, 1024)
        self.decoder = nn.Sequential(
            nn.ConvTranspose2d(256, 64, 3, 2, 1),
            nn.LeakyReLU(0.01),
            nn.ConvTranspose2d(64, 32, 3, 2, 1, output_padding=1),
            nn.LeakyReLU(0.01),
            nn.ConvTranspose2d(32, 1, 4, 2, 1, output_padding=1),
            nn.Sigmoid(),
        )

    def forward(self, x):
        mean, log_variance = self.posterior(self.encoder(x).flatten(1)).chunk(2, dim=1)
        code = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        image = self.decoder(self.spread(code).view(-1, 256, 2, 2))
        rate = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum(1).mean()
        return image, rate


class Training:
    """A model with its optimizer and its data, in one memory layout."""

    def __init__(self, channels_last, adam):
        torch.manual_seed(0)
        layout = torch.channels_last if channels_last else torch.contiguous_format
        self.layout = layout
        self.model = BetaVae().to(memory_format=layout)
        options = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}[adam]
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=5e-4, **options)
        self.images = torch.randint(0, 2, (IMAGES, 1, 13, 13)).float()
        self.order = torch.randperm(IMAGES)
        self.steps_made = 0

    def step(self):
        start = self.steps_made * BATCH % IMAGES
        x = self.images[self.order[start : start + BATCH]].contiguous(memory_format=self.layout)
        image, rate = self.model(x)
        loss = nn.functional.mse_loss(image, x) + GAMMA * WEIGHT * (rate - CAPACITY).abs()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.steps_made += 1
        return loss


trainings = {}


def answer(request):
    torch.set_num_threads(request["threads"])
    key = (request["channelsLast"], request["adam"])
    if key not in trainings:
        trainings[key] = Training(*key)
    training = trainings[key]
    for _ in range(request["warmup"]):
        training.step()
    times = []
    for _ in range(request["steps"]):
        begun = time.perf_counter()
        loss = training.step()
        times.append(time.perf_counter() - begun)
    return {"milliseconds": 1000 * statistics.median(times), "loss": loss.item()}


def say(message):
    print(json.dumps(message), flush=True)


say({"torch": torch.__version__})
for line in sys.stdin:
    try:
        say(answer(json.loads(line)))
    except Exception as error:  # The caller decides; one bad request must not end the process.
        say({"error": f"{type(error).__name__}: {error}"})
