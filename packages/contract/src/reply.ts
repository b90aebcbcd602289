/** The result of a command, whichever message carried it (`response` or `ack`). */
export interface Reply {
  success: boolean;
  message: string | null;
  data: Record<string, unknown> | null;
}
