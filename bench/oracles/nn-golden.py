"""Golden numbers for test/nn and test/model, computed by PyTorch in float64. Run by hand from the repository root:

    python3 bench/oracles/nn-golden.py
"""

import json
import math
import pathlib
import random

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
ORIGIN = f"bench/oracles/nn-golden.py with PyTorch {torch.__version__}, float64"
random.seed(20261)


def draw(*shape, scale=1.0):
    """Numbers with three decimals, so that the file holds them exactly."""
    count = math.prod(shape)
    return torch.tensor([round(random.uniform(-scale, scale), 3) for _ in range(count)]).reshape(shape)


def flat(tensor, digits=12):
    return [float(f"{x:.{digits}g}") for x in tensor.detach().reshape(-1).tolist()]


def write(path, content):
    rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    pathlib.Path(path).write_text("{\n" + rows + "\n}\n")


def adam():
    start = draw(6)
    gradients = [draw(6) * 10.0 ** random.randint(-4, 2) for _ in range(5)]
    cases = []
    for settings in [
        dict(learningRate=5e-4, beta1=0.9, beta2=0.999, epsilon=1e-8, weightDecay=0.0, decoupledWeightDecay=False),
        dict(learningRate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-3, weightDecay=0.0, decoupledWeightDecay=False),
        dict(learningRate=0.02, beta1=0.9, beta2=0.999, epsilon=1e-8, weightDecay=0.3, decoupledWeightDecay=False),
        dict(learningRate=0.02, beta1=0.9, beta2=0.999, epsilon=1e-8, weightDecay=0.3, decoupledWeightDecay=True),
    ]:
        parameter = torch.nn.Parameter(start.clone())
        kind = torch.optim.AdamW if settings["decoupledWeightDecay"] else torch.optim.Adam
        optimizer = kind(
            [parameter],
            lr=settings["learningRate"],
            betas=(settings["beta1"], settings["beta2"]),
            eps=settings["epsilon"],
            weight_decay=settings["weightDecay"],
        )
        after = []
        for gradient in gradients:
            parameter.grad = gradient.clone()
            optimizer.step()
            after.append(flat(parameter))
        cases.append({"settings": settings, "parametersAfterEachStep": after})
    write(
        "test/nn/adam.golden.json",
        {"origin": ORIGIN, "start": flat(start), "gradients": [flat(g) for g in gradients], "cases": cases},
    )


def model():
    """The baseline's body with few channels: 13 -> 6 -> 3 -> 2, code of 2. Shapes and names as in our checkpoints."""
    channels, dimensions, batch = [3, 4, 5], 2, 2
    kernels = [4, 3, 3]
    shapes = {}
    inputs = 1
    for i, (outputs, kernel) in enumerate(zip(channels, kernels)):
        shapes[f"encoder.{i}"] = (kernel, kernel, inputs, outputs)
        inputs = outputs
    shapes["channel.posterior"] = (4 * channels[-1], 2 * dimensions)
    shapes["decoder.input"] = (dimensions, 4 * channels[-1])
    for i, (outputs, inputs, kernel) in enumerate([(4, 5, 3), (3, 4, 3), (1, 3, 4)]):
        shapes[f"decoder.{i}"] = (kernel, kernel, outputs, inputs)
    parameters = {}
    for name, shape in shapes.items():
        parameters[f"{name}.weight"] = draw(*shape, scale=0.4)
        width = shape[2] if name.startswith("decoder.") and len(shape) == 4 else shape[-1]
        parameters[f"{name}.bias"] = draw(width, scale=0.3)
    p = {name: value.requires_grad_() for name, value in parameters.items()}
    images = torch.tensor([[float(random.random() < 0.4) for _ in range(169)] for _ in range(batch)])
    noise = draw(batch, dimensions, scale=1.5)

    def convolve(x, name, transposed=False, **options):
        weight = p[f"{name}.weight"].permute(3, 2, 0, 1)
        function = F.conv_transpose2d if transposed else F.conv2d
        return function(x, weight, p[f"{name}.bias"], stride=2, padding=1, **options)

    h = images.reshape(batch, 1, 13, 13)
    for i in range(3):
        h = F.leaky_relu(convolve(h, f"encoder.{i}"), 0.01)
    features = h.permute(0, 2, 3, 1).reshape(batch, -1)
    posterior = features @ p["channel.posterior.weight"] + p["channel.posterior.bias"]
    mean, log_variance = posterior[:, :dimensions], posterior[:, dimensions:]
    code = mean + torch.exp(log_variance / 2) * noise
    h = code @ p["decoder.input.weight"] + p["decoder.input.bias"]
    h = h.reshape(batch, 2, 2, channels[-1]).permute(0, 3, 1, 2)
    h = F.leaky_relu(convolve(h, "decoder.0", True), 0.01)
    h = F.leaky_relu(convolve(h, "decoder.1", True, output_padding=1), 0.01)
    logits = convolve(h, "decoder.2", True, output_padding=1).reshape(batch, -1)
    reconstruction = torch.sigmoid(logits)
    rate = -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum(1)
    squared_error = F.mse_loss(reconstruction, images)
    bernoulli = F.binary_cross_entropy_with_logits(logits, images, reduction="none").sum(1)
    target, gamma, weight = 0.7, 300.0, 0.0003
    loss = squared_error + gamma * weight * (rate.mean() - target).abs()
    loss.backward()
    write(
        "test/model/baseline-in-little.golden.json",
        {
            "origin": ORIGIN,
            "channels": channels,
            "dimensions": dimensions,
            "targetRateNats": target,
            "parameters": {name: flat(value) for name, value in p.items()},
            "images": [int(x) for x in images.reshape(-1).tolist()],
            "noise": flat(noise),
            "mean": flat(mean),
            "code": flat(code),
            "rateNats": flat(rate),
            "reconstruction": flat(reconstruction, 8),
            "meanSquaredError": squared_error.item(),
            "bernoulliNats": flat(bernoulli),
            "loss": loss.item(),
            "gradientNorms": {name: value.grad.norm().item() for name, value in p.items()},
        },
    )


adam()
model()
