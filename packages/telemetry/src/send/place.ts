/** Where a receiver is, as its settings have it. */
export interface Place {
  readonly host: string;
  readonly port: number;
}
