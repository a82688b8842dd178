;; One step of Adam (rule A1) on vectors of float32 in one memory, in a single pass: what takes ten passes as a graph of operations.
;; Each number is rounded as the operations of src/nn/adam.ts round it, one after the other.
(module
  (import "host" "memory" (memory 1))
  (func (export "adam")
    ;; Byte addresses of the vectors: read, and written.
    (param $parameters i32) (param $gradient i32) (param $gradientSum i32) (param $squareSum i32)
    (param $nextParameters i32) (param $nextGradientSum i32) (param $nextSquareSum i32)
    ;; Numbers in each of them.
    (param $count i32)
    (param $beta1 f32) (param $beta2 f32) (param $weightDecay f32)
    (param $stepSize f32) (param $epsilon f32) (param $shrink f32)
    (local $at i32) (local $end i32) (local $four i32)
    (local $p v128) (local $d v128) (local $m v128) (local $v v128)
    (local $p1 f32) (local $d1 f32) (local $m1 f32) (local $v1 f32)
    (local.set $end (i32.mul (local.get $count) (i32.const 4)))
    (local.set $four (i32.and (local.get $end) (i32.const -16)))
    (block $done4
      (loop $by4
        (br_if $done4 (i32.ge_u (local.get $at) (local.get $four)))
        (local.set $p (v128.load align=4 (i32.add (local.get $parameters) (local.get $at))))
        (local.set $d (f32x4.add
          (v128.load align=4 (i32.add (local.get $gradient) (local.get $at)))
          (f32x4.mul (local.get $p) (f32x4.splat (local.get $weightDecay)))))
        (local.set $m (f32x4.add
          (f32x4.mul (v128.load align=4 (i32.add (local.get $gradientSum) (local.get $at))) (f32x4.splat (local.get $beta1)))
          (local.get $d)))
        (local.set $v (f32x4.add
          (f32x4.mul (v128.load align=4 (i32.add (local.get $squareSum) (local.get $at))) (f32x4.splat (local.get $beta2)))
          (f32x4.mul (local.get $d) (local.get $d))))
        (v128.store align=4 (i32.add (local.get $nextGradientSum) (local.get $at)) (local.get $m))
        (v128.store align=4 (i32.add (local.get $nextSquareSum) (local.get $at)) (local.get $v))
        (v128.store align=4 (i32.add (local.get $nextParameters) (local.get $at))
          (f32x4.sub
            (f32x4.mul (local.get $p) (f32x4.splat (local.get $shrink)))
            (f32x4.div
              (f32x4.mul (local.get $m) (f32x4.splat (local.get $stepSize)))
              (f32x4.add (f32x4.sqrt (local.get $v)) (f32x4.splat (local.get $epsilon))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $by4)))
    (block $done
      (loop $one
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $p1 (f32.load (i32.add (local.get $parameters) (local.get $at))))
        (local.set $d1 (f32.add
          (f32.load (i32.add (local.get $gradient) (local.get $at)))
          (f32.mul (local.get $p1) (local.get $weightDecay))))
        (local.set $m1 (f32.add
          (f32.mul (f32.load (i32.add (local.get $gradientSum) (local.get $at))) (local.get $beta1))
          (local.get $d1)))
        (local.set $v1 (f32.add
          (f32.mul (f32.load (i32.add (local.get $squareSum) (local.get $at))) (local.get $beta2))
          (f32.mul (local.get $d1) (local.get $d1))))
        (f32.store (i32.add (local.get $nextGradientSum) (local.get $at)) (local.get $m1))
        (f32.store (i32.add (local.get $nextSquareSum) (local.get $at)) (local.get $v1))
        (f32.store (i32.add (local.get $nextParameters) (local.get $at))
          (f32.sub
            (f32.mul (local.get $p1) (local.get $shrink))
            (f32.div
              (f32.mul (local.get $m1) (local.get $stepSize))
              (f32.add (f32.sqrt (local.get $v1)) (local.get $epsilon)))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $one)))))
