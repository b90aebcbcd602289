import { Socket } from "node:net";
import type { MessageBus } from "@particle/dbus-next";

/**
 * Keeps a message that the library cannot read from ending this process: it throws inside its reader of the socket, for example at a file
 * descriptor that was not sent with the message, which any program of the desktop may send. That one message is left out.
 * @param onUnreadable gets the error of each such message
 */
export function guardReading(bus: MessageBus, onUnreadable: (error: unknown) => void): void {
  const connection: unknown = Reflect.get(bus, "_connection");
  const stream: unknown = typeof connection === "object" && connection !== null ? Reflect.get(connection, "stream") : undefined;
  if (!(stream instanceof Socket)) return;
  const emit = stream.emit.bind(stream);
  const guarded = (event: string, ...args: unknown[]): boolean => {
    for (;;) {
      const before = stream.readableLength;
      try {
        return emit(event, ...args);
      } catch (error) {
        // The message was taken off the stream before it was read; what follows is read by another round.
        if (event !== "readable" || stream.readableLength >= before) throw error;
        onUnreadable(error);
      }
    }
  };
  Object.defineProperty(stream, "emit", { value: guarded });
}
