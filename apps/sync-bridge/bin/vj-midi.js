#!/usr/bin/env node
import("../dist/bundle/vj-midi.js").catch((error) => {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  process.stderr.write(`${error.message}\nIn a checkout, build first: npx -y pnpm@10 build\n`);
  process.exitCode = 1;
});
