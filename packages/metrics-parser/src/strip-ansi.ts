// Introducers: CSI "[", OSC "]" and the other strings "P X ^ _", anything else of two or three characters
const SEQUENCE =
  "\u001b(?:\\[[0-?]{0,64}[ -/]{0,8}[@-~]?|[\\]PX^_][^\u0007\u001b\n]{0,4096}(?:\u0007|\u001b\\\\)|[ -/]{0,8}[0-~]?)";
const CUT = "\u001b(?:\\[[0-?]{0,64}[ -/]{0,8}|[\\]PX^_][^\u0007\u001b\n]{0,4096}\u001b?|[ -/]{0,8})$";

/**
 * Makes a function that takes terminal escape sequences out of a text given in pieces; a sequence cut by the end of a
 * piece waits for the next one, and a string sequence that its line or 4096 characters do not end loses only its start.
 */
export function ansiStripper(): (piece: string, isLast: boolean) => string {
  const whole = new RegExp(SEQUENCE, "g");
  const wholeOrCut = new RegExp(`(${CUT})|${SEQUENCE}`, "g");
  let held = "";
  return (piece, isLast) => {
    const text = held + piece;
    held = "";
    if (!text.includes("\u001b")) return text;
    if (isLast) return text.replace(whole, "");
    return text.replace(wholeOrCut, (_sequence, cut: string | undefined) => {
      held = cut ?? "";
      return "";
    });
  };
}
