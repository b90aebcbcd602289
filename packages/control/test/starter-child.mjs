// Tries to serve each socket path that it receives; answers as JSON, and keeps the servers it started.
import { serve } from "@vj/control";

const onCommand = () => ({ type: "ack", success: true, message: null, data: null });

process.on("message", async (path) => {
  try {
    await serve({ path, onCommand });
    process.send(JSON.stringify({ won: true }));
  } catch (error) {
    process.send(JSON.stringify({ won: false, code: error.code, holder: error.pid }));
  }
});
process.send("ready");
