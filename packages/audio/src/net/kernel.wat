;; Multiplies a vector by a matrix, four 32-bit floats at once. kernel.ts holds this module, assembled; a test compares both.
(module
  (import "net" "memory" (memory 1))
  ;; out[c] += sum over rows r of input[r] * weights[r * columns + c]. The first four parameters are addresses in bytes (`inputEnd` is that
  ;; behind the last row's), `columns` is a multiple of four.
  (func (export "accumulate") (param $out i32) (param $input i32) (param $inputEnd i32) (param $weights i32) (param $columns i32)
    (local $stride i32) (local $end i32) (local $at i32) (local $w i32)
    (local $x v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $stride (i32.shl (local.get $columns) (i32.const 2)))
    (local.set $end (i32.add (local.get $out) (local.get $stride)))
    ;; Sixteen columns at once: each input is read once for them, and their sums stay out of memory.
    (block $noSixteen
      (loop $sixteen
        (br_if $noSixteen (i32.gt_u (i32.add (local.get $out) (i32.const 64)) (local.get $end)))
        (local.set $a (v128.load (local.get $out)))
        (local.set $b (v128.load offset=16 (local.get $out)))
        (local.set $c (v128.load offset=32 (local.get $out)))
        (local.set $d (v128.load offset=48 (local.get $out)))
        (local.set $at (local.get $input))
        (local.set $w (local.get $weights))
        (loop $rows
          (local.set $x (v128.load32_splat (local.get $at)))
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $x) (v128.load (local.get $w)))))
          (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $x) (v128.load offset=16 (local.get $w)))))
          (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $x) (v128.load offset=32 (local.get $w)))))
          (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $x) (v128.load offset=48 (local.get $w)))))
          (local.set $w (i32.add (local.get $w) (local.get $stride)))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $rows (i32.lt_u (local.get $at) (local.get $inputEnd))))
        (v128.store (local.get $out) (local.get $a))
        (v128.store offset=16 (local.get $out) (local.get $b))
        (v128.store offset=32 (local.get $out) (local.get $c))
        (v128.store offset=48 (local.get $out) (local.get $d))
        (local.set $out (i32.add (local.get $out) (i32.const 64)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 64)))
        (br $sixteen)))
    ;; Four columns at once, for those that are left.
    (block $noFour
      (loop $four
        (br_if $noFour (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $a (v128.load (local.get $out)))
        (local.set $at (local.get $input))
        (local.set $w (local.get $weights))
        (loop $rows
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (v128.load32_splat (local.get $at)) (v128.load (local.get $w)))))
          (local.set $w (i32.add (local.get $w) (local.get $stride)))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $rows (i32.lt_u (local.get $at) (local.get $inputEnd))))
        (v128.store (local.get $out) (local.get $a))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 16)))
        (br $four)))))
