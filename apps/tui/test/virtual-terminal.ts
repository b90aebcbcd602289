import stringWidth from "string-width";

/** What a terminal would show of the bytes that this program writes; throws at a sequence that it does not write on purpose. */
export class VirtualTerminal {
  readonly #grid: string[][];
  readonly #styles: string[][];
  #row = 0;
  #column = 0;
  #style = "";
  /** Sequences that erased the whole screen or scrolled it. */
  readonly wiped: string[] = [];

  readonly columns: number;
  readonly rows: number;

  constructor(columns: number, rows: number, garbage = " ") {
    this.columns = columns;
    this.rows = rows;
    this.#grid = Array.from({ length: rows }, () => Array.from({ length: columns }, () => garbage));
    this.#styles = this.#grid.map((row) => row.map(() => ""));
  }

  write(bytes: string): void {
    let at = 0;
    for (const match of bytes.matchAll(/\u001b\[([?\d;]*)([A-Za-z])/g)) {
      this.#print(bytes.slice(at, match.index));
      this.#control(match[1] ?? "", match[2] ?? "");
      at = match.index + match[0].length;
    }
    this.#print(bytes.slice(at));
  }

  text(): string[] {
    return this.#grid.map((row) => row.join("").trimEnd());
  }

  /** Each cell with its style. */
  cells(): string[] {
    return this.#grid.map((row, line) => row.map((text, column) => `${this.#styles[line]?.[column] ?? ""}:${text}`).join("|"));
  }

  get style(): string {
    return this.#style;
  }

  #print(text: string): void {
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) {
      if (segment === "\n" || segment === "\r") throw new Error("a line break scrolls");
      const width = stringWidth(segment);
      if (width === 0) this.#set(this.#column - 1, (this.#grid[this.#row]?.[this.#column - 1] ?? "") + segment);
      if (width > 0) this.#set(this.#column, segment);
      if (width > 1) this.#set(this.#column + 1, "");
      this.#column = Math.min(this.columns, this.#column + width);
    }
  }

  #set(column: number, text: string): void {
    const [row, styles] = [this.#grid[this.#row], this.#styles[this.#row]];
    if (row === undefined || styles === undefined || column >= this.columns) return;
    row[column] = text;
    styles[column] = this.#style;
  }

  #control(parameters: string, kind: string): void {
    const [first = 0, second = 0] = parameters.split(";").map(Number);
    switch (kind) {
      case "m":
        this.#style = parameters === "" || parameters === "0" ? "" : parameters.replace(/^0;/, "");
        return;
      case "H":
        this.#row = Math.min(this.rows, first || 1) - 1;
        this.#column = Math.min(this.columns, second || 1) - 1;
        return;
      case "C":
        this.#column = Math.min(this.columns - 1, this.#column + (first || 1));
        return;
      case "K":
        for (let column = this.#column; column < this.columns; column += 1) this.#set(column, " ");
        return;
      default:
        this.wiped.push(parameters + kind);
    }
  }
}
