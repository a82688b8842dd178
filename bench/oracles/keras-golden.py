"""Golden numbers for test/nn/adam.test.ts, computed by Keras in float64. Run by hand from the repository root, with PyTorch
installed, which Keras computes with:

    KERAS_BACKEND=torch python3 bench/oracles/keras-golden.py
"""

import json
import pathlib

import keras
import numpy as np
import torch

keras.config.set_floatx("float64")
given = json.loads(pathlib.Path("test/nn/adam.golden.json").read_text())
start = given["start"]

cases = []
for settings, size in [
    (dict(learningRate=5e-4, beta1=0.9, beta2=0.999, epsilon=1e-7), 1.0),
    # Gradients of the size of epsilon, where its place matters.
    (dict(learningRate=0.02, beta1=0.9, beta2=0.999, epsilon=1e-7), 1e-5),
    (dict(learningRate=0.02, beta1=0.8, beta2=0.95, epsilon=1e-3), 0.1),
]:
    variable = keras.Variable(np.array(start), dtype="float64")
    optimizer = keras.optimizers.Adam(
        learning_rate=settings["learningRate"],
        beta_1=settings["beta1"],
        beta_2=settings["beta2"],
        epsilon=settings["epsilon"],
    )
    optimizer.build([variable])
    after = []
    for gradient in given["gradients"]:
        optimizer.apply([torch.tensor(gradient, dtype=torch.float64) * size], [variable])
        after.append([float(f"{x:.12g}") for x in variable.numpy().tolist()])
    cases.append({"settings": settings, "gradientFactor": size, "parametersAfterEachStep": after})

content = {"origin": f"bench/oracles/keras-golden.py with Keras {keras.__version__}, float64", "cases": cases}
rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
pathlib.Path("test/nn/adam-keras.golden.json").write_text("{\n" + rows + "\n}\n")
