/** What a mouse did, in cells from 0. Releases, other buttons and drags are nothing. */
export interface MouseInput {
  readonly type: "mouse";
  readonly act: "press" | "wheel up" | "wheel down";
  readonly column: number;
  readonly row: number;
}

/** Nothing but reports of the mouse, the last one perhaps not whole. */
const onlyMouse = /^((?:\u001b\[<\d{1,4};\d{1,5};\d{1,5}[Mm])+)(\u001b(?:\[(?:<[\d;]{0,16})?)?)?$/;
const report = /\u001b\[<(\d+);(\d+);(\d+)([Mm])/g;

/** Reads a piece of input that consists of reports of the mouse; undefined: it is something else. Pure. */
export function readMouse(piece: string): { readonly inputs: MouseInput[]; readonly rest: string } | undefined {
  const [, whole, rest = ""] = onlyMouse.exec(piece) ?? [];
  if (whole === undefined) return undefined;
  const inputs = Array.from(whole.matchAll(report)).flatMap(([, button, column, row, end]): MouseInput[] => {
    const act = end === "M" ? actOf(Number(button)) : undefined;
    return act === undefined ? [] : [{ type: "mouse", act, column: Number(column) - 1, row: Number(row) - 1 }];
  });
  return { inputs, rest };
}

/** Bits 2 to 4 are modifier keys; 32 is a drag. */
function actOf(button: number): MouseInput["act"] | undefined {
  switch (button & ~0b11100) {
    case 0:
      return "press";
    case 64:
      return "wheel up";
    case 65:
      return "wheel down";
    default:
      return undefined;
  }
}
