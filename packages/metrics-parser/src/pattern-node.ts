/** A parsed Python pattern; leaves already carry their JavaScript text, because flags are resolved while parsing. */
export type PatternNode =
  | CharNode
  | { readonly kind: "anchor"; readonly js: string }
  | { readonly kind: "boundary"; readonly negated: boolean }
  | { readonly kind: "backreference"; readonly group: number }
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly branches: readonly PatternNode[] }
  | {
      readonly kind: "group";
      readonly body: PatternNode;
      readonly capture: number | undefined;
      readonly name: string | undefined;
    }
  | { readonly kind: "look"; readonly opening: "?=" | "?!" | "?<=" | "?<!"; readonly body: PatternNode }
  | { readonly kind: "atomic"; readonly body: PatternNode }
  | RepeatNode;

/** One character of a set; `literal` when the set has a single one, upper and lower case aside. */
interface CharNode {
  readonly kind: "char";
  readonly js: string;
  readonly isWord: boolean | undefined;
  readonly literal?: string | undefined;
}

/** A quantified node; `max` is `Infinity` when it is open. */
export interface RepeatNode {
  readonly kind: "repeat";
  readonly body: PatternNode;
  readonly min: number;
  readonly max: number;
  readonly mode: "greedy" | "lazy" | "possessive";
  /** The Python text of the node and its quantifier. */
  readonly written: string;
}

/** How many characters a node can match, at least and at most. */
export interface Width {
  readonly min: number;
  readonly max: number;
}

const NOTHING: Width = { min: 0, max: 0 };

/** The width of `node`; `groups` holds the widths of the groups that back-references may name. */
export function widthOf(node: PatternNode, groups: ReadonlyMap<number, Width>): Width {
  switch (node.kind) {
    case "char":
      return { min: 1, max: 1 };
    case "anchor":
    case "boundary":
    case "look":
      return NOTHING;
    case "backreference":
      return groups.get(node.group) ?? NOTHING;
    case "group":
    case "atomic":
      return widthOf(node.body, groups);
    case "sequence":
      return node.items
        .map((item) => widthOf(item, groups))
        .reduce((sum, width) => ({ min: sum.min + width.min, max: sum.max + width.max }), NOTHING);
    case "choice": {
      const widths = node.branches.map((branch) => widthOf(branch, groups));
      return {
        min: Math.min(...widths.map((width) => width.min)),
        max: Math.max(...widths.map((width) => width.max)),
      };
    }
    case "repeat":
    default: {
      const body = widthOf(node.body, groups);
      return { min: body.min * node.min, max: body.max === 0 || node.max === 0 ? 0 : body.max * node.max };
    }
  }
}
