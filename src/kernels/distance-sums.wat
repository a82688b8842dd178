;; The inner loop of distances (rule G3): sums of squared differences of a row of float64 and two rows of float32, of every fourth column each, added
;; up in the order of src/geometry/distance.ts by the same float64 operations, two at a time.
(module
  (import "host" "memory" (memory 1))
  (func (export "sums")
    ;; Byte addresses of the rows, and where the first of the two ends; the eight sums are written at the beginning of the memory.
    (param $query i32) (param $first i32) (param $second i32) (param $end i32)
    (local $first01 v128) (local $first23 v128) (local $second01 v128) (local $second23 v128)
    (local $ofQuery v128) (local $difference v128)
    (loop $four
      (local.set $ofQuery (v128.load (local.get $query)))
      (local.set $difference (f64x2.sub (local.get $ofQuery) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $first)))))
      (local.set $first01 (f64x2.add (local.get $first01) (f64x2.mul (local.get $difference) (local.get $difference))))
      (local.set $difference (f64x2.sub (local.get $ofQuery) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $second)))))
      (local.set $second01 (f64x2.add (local.get $second01) (f64x2.mul (local.get $difference) (local.get $difference))))
      (local.set $ofQuery (v128.load offset=16 (local.get $query)))
      (local.set $difference (f64x2.sub (local.get $ofQuery) (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $first)))))
      (local.set $first23 (f64x2.add (local.get $first23) (f64x2.mul (local.get $difference) (local.get $difference))))
      (local.set $difference (f64x2.sub (local.get $ofQuery) (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $second)))))
      (local.set $second23 (f64x2.add (local.get $second23) (f64x2.mul (local.get $difference) (local.get $difference))))
      (local.set $query (i32.add (local.get $query) (i32.const 32)))
      (local.set $first (i32.add (local.get $first) (i32.const 16)))
      (local.set $second (i32.add (local.get $second) (i32.const 16)))
      (br_if $four (i32.lt_u (local.get $first) (local.get $end))))
    (v128.store (i32.const 0) (local.get $first01))
    (v128.store offset=16 (i32.const 0) (local.get $first23))
    (v128.store offset=32 (i32.const 0) (local.get $second01))
    (v128.store offset=48 (i32.const 0) (local.get $second23))))
