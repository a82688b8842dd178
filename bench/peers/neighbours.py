"""Intrinsic dimension and information imbalance in Python: the peers that `npm run bench -- --long` measures Narrows against.

Reads one JSON request a line and answers each with one JSON line. The first answer, before any request, is the versions:
{"sklearn": version, "dadapy": version or null}. A request is {"work": "dimension", "by": "matrix", "threads": 2, "a": "A.npy"} or
{"work": "imbalance", "by": "matrix", "threads": 2, "a": "A.npy", "b": "B.npy"}; its answer {"milliseconds": ..., "processorMilliseconds": ..., "result":
number}, or {"error": text}.

By "matrix": what a careful user writes with scikit-learn where all distances fit into memory. By "dadapy": DADApy itself, which is built on scikit-learn's
brute-force neighbours. Files are read before the clock starts. Held to as many cores as threads: libraries count cores, each in its own way.
"""

import importlib.metadata
import json
import os
import sys
import time

import numpy
import sklearn
from sklearn.metrics import euclidean_distances
from threadpoolctl import threadpool_limits

try:
    import dadapy

    DADAPY = importlib.metadata.version("dadapy")
except ImportError:
    DADAPY = None


def two_nn(first, second):
    """The line fitted to all but the largest tenth of the ratios."""
    logs = numpy.sort(numpy.log(second.astype(float) / first))
    count = len(logs)
    kept = int(count * 0.9)
    heights = -numpy.log1p(-numpy.arange(1, kept + 1) / count)
    return (logs[:kept] * heights).sum() / (logs[:kept] ** 2).sum()


def dimension_matrix(a):
    distances = euclidean_distances(a, squared=True)
    numpy.fill_diagonal(distances, numpy.inf)
    nearest = numpy.sqrt(numpy.partition(distances, 1, axis=1)[:, :2])
    return two_nn(nearest[:, 0], nearest[:, 1])


def dimension_dadapy(a):
    return dadapy.Data(a.astype(float), verbose=False).compute_id_2NN()[0]


def imbalance_matrix(a, b):
    spaces = [euclidean_distances(points, squared=True) for points in (a, b)]
    for distances in spaces:
        numpy.fill_diagonal(distances, numpy.inf)
    total = 0
    for here, there in (spaces, spaces[::-1]):
        to_nearest = numpy.take_along_axis(there, here.argmin(axis=1)[:, None], axis=1)
        total += 2 * (1 + (there < to_nearest).sum(axis=1)).mean() / len(here)
    return total


def imbalance_dadapy(a, b):
    from dadapy._utils.metric_comparisons import _return_imbalance

    listed = []
    for points in (a, b):
        data = dadapy.Data(points.astype(float), maxk=len(points) - 1, verbose=False)
        data.compute_distances()
        listed.append(data.dist_indices)
    random = numpy.random.default_rng(0)
    return _return_imbalance(*listed, random) + _return_imbalance(*listed[::-1], random)


# Those that this process may use, before it is held to fewer.
CORES = sorted(os.sched_getaffinity(0))
loaded = {}


def load(path):
    if path not in loaded:
        loaded[path] = numpy.load(path)
    return loaded[path]


def answer(request):
    arrays = [load(request[name]) for name in ("a", "b") if name in request]
    function = globals()[f"{request['work']}_{request['by']}"]
    os.sched_setaffinity(0, CORES[: request["threads"]])
    with threadpool_limits(limits=request["threads"]):
        begun = (time.perf_counter(), time.process_time())
        result = function(*arrays)
        ended = (time.perf_counter(), time.process_time())
    wall, processor = (1000 * (end - begin) for begin, end in zip(begun, ended))
    return {"milliseconds": wall, "processorMilliseconds": processor, "result": float(result)}


def say(message):
    print(json.dumps(message), flush=True)


say({"sklearn": sklearn.__version__, "dadapy": DADAPY})
for line in sys.stdin:
    try:
        say(answer(json.loads(line)))
    except Exception as error:  # The caller decides; one bad request must not end the process.
        say({"error": f"{type(error).__name__}: {error}"})
