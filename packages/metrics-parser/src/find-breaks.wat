;; Writes the positions of the delimiters and line feeds among the first $length bytes of the memory to $out, as i32.
;; Sixteen bytes at a time, up to 15 beyond the end. find-breaks.ts holds this as binary; its test compiles it again.
(module
  (memory (import "window" "memory") 1)
  (func (export "find") (param $length i32) (param $delimiter i32) (param $out i32)
    (local $at i32) (local $mask i32) (local $bytes v128) (local $delimiters v128) (local $feeds v128)
    (local.set $delimiters (i8x16.splat (local.get $delimiter)))
    (local.set $feeds (i8x16.splat (i32.const 10)))
    (loop $blocks
      (local.set $bytes (v128.load (local.get $at)))
      (local.set $mask (i8x16.bitmask (v128.or
        (i8x16.eq (local.get $bytes) (local.get $delimiters))
        (i8x16.eq (local.get $bytes) (local.get $feeds)))))
      (if (local.get $mask) (then
        (loop $bits
          (i32.store (local.get $out) (i32.add (local.get $at) (i32.ctz (local.get $mask))))
          (local.set $out (i32.add (local.get $out) (i32.const 4)))
          (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
          (br_if $bits (local.get $mask)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $blocks (i32.lt_u (local.get $at) (local.get $length))))))
