"""One Adam step of the Corridors baseline in PyTorch eager: the peer that `npm run bench` measures Narrows against.

Reads one JSON request a line and answers each with one JSON line, so that rounds alternate without loading torch
again. The first answer, before any request, is {"torch": version}. A request is
{"threads": 2, "steps": 20, "warmup": 3, "channelsLast": true, "adam": "fused"}, with "model": "large" for the 28x28 VAE of
the Echo paper; its answer is {"milliseconds": of the median step, "loss": of the last step}, or {"error": text}.

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


class Cropped(nn.Module):
    """TensorFlow's "same" for a transposed convolution: the odd row and column are cut at the end."""

    def __init__(self, inputs, outputs, kernel, stride):
        super().__init__()
        total = kernel - stride
        self.before, self.stride = total // 2, stride
        self.layer = nn.ConvTranspose2d(inputs, outputs, kernel, stride)

    def forward(self, x):
        y = self.layer(x)
        height, width = x.shape[2] * self.stride, x.shape[3] * self.stride
        return y[:, :, self.before : self.before + height, self.before : self.before + width]


class Padded(nn.Module):
    """TensorFlow's "same" for a convolution of stride 2: 1 before, 2 behind for kernel 5."""

    def __init__(self, inputs, outputs, kernel, stride, pads):
        super().__init__()
        self.pads = pads
        self.layer = nn.Conv2d(inputs, outputs, kernel, stride)

    def forward(self, x):
        return self.layer(nn.functional.pad(x, self.pads))


class LargeVae(nn.Module):
    """The 28x28 networks: 32 dimensions, summed Bernoulli pixels."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 32, 5, 1, 2),
            nn.ReLU(),
            Padded(32, 32, 5, 2, (1, 2, 1, 2)),
            nn.ReLU(),
            nn.Conv2d(32, 64, 5, 1, 2),
            nn.ReLU(),
            Padded(64, 64, 5, 2, (1, 2, 1, 2)),
            nn.ReLU(),
            nn.Conv2d(64, 256, 7),
            nn.ReLU(),
        )
        self.posterior = nn.Linear(256, 64)
        self.decoder = nn.Sequential(
            nn.ConvTranspose2d(32, 64, 7),
            nn.ReLU(),
            nn.ConvTranspose2d(64, 64, 5, 1, 2),
            nn.ReLU(),
            Cropped(64, 64, 5, 2),
            nn.ReLU(),
            nn.ConvTranspose2d(64, 32, 5, 1, 2),
            nn.ReLU(),
            Cropped(32, 32, 5, 2),
            nn.ReLU(),
            Cropped(32, 32, 4, 1),
            nn.ReLU(),
            Padded(32, 1, 4, 1, (1, 2, 1, 2)),
        )

    def loss(self, x):
        mean, log_variance = self.posterior(self.encoder(x).flatten(1)).chunk(2, dim=1)
        code = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        logits = self.decoder(code.view(-1, 32, 1, 1))
        distortion = nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)
        return distortion + 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum(1).mean()


class LargeTraining:
    """As Training, for the large model in batches of 100."""

    def __init__(self, channels_last, adam):
        torch.manual_seed(0)
        self.layout = torch.channels_last if channels_last else torch.contiguous_format
        self.model = LargeVae().to(memory_format=self.layout)
        options = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}[adam]
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=3e-4, **options)
        self.images = (torch.rand(1000, 1, 28, 28) < 0.2).float()
        self.steps_made = 0

    def step(self):
        start = self.steps_made * 100 % 1000
        loss = self.model.loss(self.images[start : start + 100].contiguous(memory_format=self.layout))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.steps_made += 1
        return loss


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
    kind = LargeTraining if request.get("model") == "large" else Training
    key = (kind, request["channelsLast"], request["adam"])
    if key not in trainings:
        trainings[key] = kind(*key[1:])
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
