// Tries to serve the socket given as argument; prints "won" and stays, or prints why not and ends with 3.
import { serve } from "@vj/control";

try {
  await serve({ path: process.argv[2], onCommand: () => ({ type: "ack", success: true, message: null, data: null }) });
  process.stdout.write("won\n");
} catch (error) {
  process.stdout.write(`lost: ${error.code} ${error.message}\n`);
  process.exit(3);
}
