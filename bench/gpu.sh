#!/usr/bin/env bash
# Measures training steps on a graphics card in ten minutes, with nothing fetched from the net:
#
#   bench/gpu.sh [--device cuda|webgpu|cpu] [--wheels DIR] [--out DIR] [--steps 200] [--seconds 480] [--only corridors64,echo]
#
# Beforehand, where there is a net: npm ci, and on the same Python (3.11 or later)
#   pip download --dest wheels "onnxruntime-gpu[cuda,cudnn]==1.30.0" torch==2.13.0
# --wheels DIR is that folder (3 to 5 GB, torch with CUDA included): a Python environment is made of it in DIR/environment. Without it, NARROWS_CUDA
# names an environment that is there already; PyTorch is compared where python3 (of that environment, or else of the path) has it.
#
# All networks of the three papers: steps a second, PyTorch's time over ours on the same card, and how far the losses of 200 steps are from the
# processor's (limit 1e-3). The figures go to DIR/gpu-<device>.json; DIR is $OUT, or else bench/results. With --device cpu, --steps 3 and --seconds 30 it is
# rehearsed on a machine without a card.
set -eu
cd "$(dirname "$0")/.."

say() { echo "bench/gpu.sh: $*" >&2; exit 2; }

device=cuda
out=${OUT:-bench/results}
wheels=
rest=()
while [ $# -gt 0 ]; do
  case $1 in
    --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p;}' "$0"; exit 0 ;;
    --device|--wheels|--out|--steps|--seconds|--only) [ $# -ge 2 ] || say "$1 needs a value" ;;
    *) say "unknown option $1; see bench/gpu.sh --help" ;;
  esac
  case $1 in
    --device) device=$2 ;;
    --wheels) wheels=$2 ;;
    --out) out=$2 ;;
    *) rest+=("$1" "$2") ;;
  esac
  shift 2
done
case $device in cuda|webgpu|cpu) ;; *) say "--device is cuda, webgpu or cpu" ;; esac

command -v node >/dev/null || say "there is no node on the path: install Node 20.19 or later"
[ -d node_modules/onnxruntime-node ] || say "there is no node_modules here: run npm ci where there is a net, and copy it"
version=$(node -p 'require("onnxruntime-node/package.json").version' 2>/dev/null || sed -n 's/.*"version": "\(.*\)".*/\1/p' node_modules/onnxruntime-node/package.json | head -1)

if [ -n "$wheels" ]; then
  command -v python3 >/dev/null || say "there is no python3 on the path to install the wheels with"
  ls "$wheels"/onnxruntime_gpu-"$version"-*.whl >/dev/null 2>&1 || say "$wheels has no wheel of onnxruntime-gpu $version: see bench/gpu.sh --help"
  environment=$(realpath "$wheels")/environment
  if [ ! -x "$environment/bin/python" ]; then
    python3 -m venv "$environment" || say "python3 cannot make an environment: install its venv module"
    packages=("onnxruntime-gpu[cuda,cudnn]==$version")
    ls "$wheels"/torch-*.whl >/dev/null 2>&1 && packages+=(torch)
    "$environment/bin/pip" install --quiet --no-index --find-links "$wheels" "${packages[@]}" || say "the wheels of $wheels do not suffice: download them with this Python"
  fi
  export NARROWS_CUDA=$environment
fi
# PyTorch of the same environment.
if [ -n "${NARROWS_CUDA:-}" ] && [ -x "$NARROWS_CUDA/bin/python3" ]; then PATH="$NARROWS_CUDA/bin:$PATH"; fi

npm run --silent prebench
mkdir -p "$out"
node dist/cli/main.js doctor
node dist/cli/main.js doctor --json > "$out/doctor.json"
works=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).devices.find(({ device }) => device === process.argv[2]).works' "$out/doctor.json" "$device")
[ "$works" = true ] || say "--device $device does not work here; what is missing is said above"
exec node node_modules/.narrows-bench/gpu.js --device "$device" --out "$out" ${rest[@]+"${rest[@]}"}
