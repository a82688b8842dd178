"""Training steps of convolutional VAEs in PyTorch: the peer that `npm run bench` measures Narrows against.

Reads one JSON request a line and answers each with one JSON line, so that rounds alternate without loading torch
again. The first answer, before any request, is {"torch": version}. A request names a training,

    {"network": {...}, "variant": {"channelsLast": true, "adam": "fused", "compiled": false}, "threads": 2}

and with "open": true asks for {"parameters": number of them}, else with "steps": 20 and "warmup": 3 for
{"milliseconds": of the median step, "processorMilliseconds": of a step, of all threads, "loss": of the last step}; or the
answer is {"error": text}. With "device": "cuda" the training is on that device, and the time is the mean of all timed steps, since the device works behind
the program; with "tf32": false in float32 alone, which is not PyTorch's default for convolutions there. The network is described in plain data by `describeForPytorch` of pytorch.ts, from the
configuration that our own step is made of: the same layers, losses and optimizer.

Fair to PyTorch: data are made beforehand, nothing is read back but the last loss, gradients are set to None, paddings
are those of the layers themselves wherever PyTorch has them, and the caller tries every memory layout and form of Adam
and takes the fastest. What torch.compile takes to compile is spent when a training is opened.
"""

import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional

BATCHES = 10


class Crop(nn.Module):
    """Leaves out what a transposed convolution has too much at the end."""

    def __init__(self, size):
        super().__init__()
        self.height, self.width = size

    def forward(self, x):
        return x[:, :, : self.height, : self.width]


def convolution(layer):
    window = layer["window"]
    kernel, stride, before = window["kernel"], window["stride"], window["padding"]
    fine, coarse = window["fine"], window["coarse"]
    made = lambda padding: nn.Conv2d(layer["inputs"], layer["outputs"], kernel, stride, padding)
    if all((n + 2 * before - kernel) // stride + 1 == m for n, m in zip(fine, coarse)):
        return [made(before)]
    if stride == 1 and fine == coarse:
        return [made("same")]
    after = [(m - 1) * stride + kernel - n - before for n, m in zip(fine, coarse)]
    return [nn.ZeroPad2d((before, after[1], before, after[0])), made(0)]


def transposed(layer):
    window = layer["window"]
    kernel, stride, before = window["kernel"], window["stride"], window["padding"]
    fine, coarse = window["fine"], window["coarse"]
    missing = [n - ((m - 1) * stride - 2 * before + kernel) for n, m in zip(fine, coarse)]
    extra = tuple(max(0, n) for n in missing)
    made = nn.ConvTranspose2d(layer["inputs"], layer["outputs"], kernel, stride, before, output_padding=extra)
    return [made] if min(missing) >= 0 else [made, Crop(fine)]


def modules(layer):
    """A layer with what follows it."""
    if layer["kind"] == "dense":
        made = [nn.Linear(layer["inputs"], layer["outputs"])]
        normalisation = nn.BatchNorm1d
    else:
        made = convolution(layer) if layer["kind"] == "convolution" else transposed(layer)
        normalisation = nn.BatchNorm2d
    if layer["normalise"]:
        made.append(normalisation(layer["outputs"]))
    if layer["slope"] is not None:
        made.append(nn.LeakyReLU(layer["slope"]) if layer["slope"] > 0 else nn.ReLU())
    return made


def is_dense(layer):
    return layer["kind"] == "dense"


def sequence(layers, between):
    """Layers in a row, with a module where maps become rows or rows become maps."""
    made = []
    for k, layer in enumerate(layers):
        if k > 0 and is_dense(layer) != is_dense(layers[k - 1]):
            made.append(between)
        made += modules(layer)
    return made


def autoencoder(network):
    """Encoder to the numbers of a posterior, and decoder from a code to pixels before they are squashed."""
    description = network["layers"]
    inward, outward, dimensions = description["encoder"], description["decoder"], description["dimensions"]
    place = description["map"]
    encoder = sequence(inward, nn.Flatten())
    features = inward[-1]["outputs"]
    if not is_dense(inward[-1]):
        encoder.append(nn.Flatten())
        height, width = inward[-1]["window"]["coarse"]
        features *= height * width
    encoder.append(nn.Linear(features, 2 * dimensions))
    spread = nn.Unflatten(1, (place["channels"], *place["size"]))
    decoder = sequence(outward, spread)
    if not is_dense(outward[0]):
        decoder.insert(0, spread)
    return nn.ModuleDict({"encoder": nn.Sequential(*encoder), "decoder": nn.Sequential(*decoder)})


def loss_of(model, network, x):
    mean, log_variance = model["encoder"](x).chunk(2, dim=1)
    code = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
    output = model["decoder"](code)
    if network["likelihood"]["type"] == "bernoulli":
        distortion = functional.binary_cross_entropy_with_logits(output, x, reduction="sum") / len(x)
    else:
        distortion = functional.mse_loss(torch.sigmoid(output), x)
    rate = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum(1).mean()
    objective = network["objective"]
    if objective["type"] == "beta":
        return distortion + objective["beta"] * objective["rateWeight"] * rate
    return distortion + objective["gamma"] * objective["rateWeight"] * (rate - objective["capacity"]).abs()


class Training:
    """A model with its optimizer and its data, in one memory layout."""

    def __init__(self, network, variant, device):
        torch.manual_seed(0)
        self.network = network
        layout = torch.channels_last if variant["channelsLast"] else torch.contiguous_format
        self.model = autoencoder(network).to(device=device, memory_format=layout)
        forms = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}
        settings = network["optimizer"]
        self.optimizer = torch.optim.Adam(
            self.model.parameters(),
            lr=settings["learningRate"],
            betas=(settings["beta1"], settings["beta2"]),
            eps=settings["epsilon"],
            weight_decay=settings["weightDecay"],
            **forms[variant["adam"]],
        )
        height, width, channels = network["imageShape"]
        noise = torch.rand(BATCHES, network["batchSize"], channels, height, width)
        self.batches = [batch.to(device).contiguous(memory_format=layout) for batch in (noise < 0.2).float()]
        self.loss = torch.compile(loss_of) if variant["compiled"] else loss_of
        self.steps_made = 0

    def step(self):
        loss = self.loss(self.model, self.network, self.batches[self.steps_made % BATCHES])
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.steps_made += 1
        return loss

    @property
    def parameters(self):
        """As Narrows counts them: statistics of batch normalisation included."""
        statistics_kept = [kept for kept in self.model.buffers() if kept.is_floating_point()]
        return sum(tensor.numel() for tensor in [*self.model.parameters(), *statistics_kept])


class Trainings:
    """The variants of one network at one number of threads: those of another are forgotten."""

    def __init__(self):
        self.of, self.known = None, {}

    def find(self, network, variant, threads, device, tf32):
        of = (json.dumps(network), threads, device, tf32)
        if of != self.of:
            self.of, self.known = of, {}
            torch.set_num_threads(threads)
            torch.compiler.reset()
            torch.backends.cudnn.allow_tf32 = tf32
        key = json.dumps(variant)
        if key not in self.known:
            self.known[key] = Training(network, variant, device)
            self.known[key].step()
        return self.known[key]


trainings = Trainings()


def answer(request):
    device = request.get("device", "cpu")
    wait = torch.cuda.synchronize if device == "cuda" else lambda: None
    training = trainings.find(
        request["network"], request["variant"], request["threads"], device, request.get("tf32", True)
    )
    if request.get("open"):
        return {"parameters": training.parameters}
    for _ in range(request["warmup"]):
        training.step()
    wait()
    times = []
    used = time.process_time()
    first = time.perf_counter()
    for _ in range(request["steps"]):
        begun = time.perf_counter()
        loss = training.step()
        times.append(time.perf_counter() - begun)
    wait()
    mean = (time.perf_counter() - first) / request["steps"]
    used = time.process_time() - used
    return {
        "milliseconds": 1000 * (statistics.median(times) if device == "cpu" else mean),
        "processorMilliseconds": 1000 * used / request["steps"],
        "loss": loss.item(),
    }


def say(message):
    print(json.dumps(message), flush=True)


say({"torch": torch.__version__})
for line in sys.stdin:
    try:
        say(answer(json.loads(line)))
    except Exception as error:  # The caller decides; one bad request must not end the process.
        say({"error": f"{type(error).__name__}: {error}"})
